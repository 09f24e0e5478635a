"""Language: how a message becomes words, sentences and questions."""
