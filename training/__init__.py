"""How the tagger's weights are made: annotated reports in, ONNX out. Not shipped in the wheel."""
