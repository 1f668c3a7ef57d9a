"""What the generated code imports and no package ships."""
