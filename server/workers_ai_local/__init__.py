"""An endpoint on loopback that speaks the Workers AI protocol."""
