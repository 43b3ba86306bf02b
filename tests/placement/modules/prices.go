// Package prices exists so that its module is one.
package prices
