package shop;

final class Warm {}
