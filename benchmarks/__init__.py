"""Speed, memory, size; public benchmarks against named peers come here too."""
