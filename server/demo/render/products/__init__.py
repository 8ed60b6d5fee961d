"""The goods, one product or small family to a file."""
