"""How a step runs: sessions of the engines, and the step itself."""
