"""Earlier versions of documents: what each content ever committed said and demanded, section by section."""
