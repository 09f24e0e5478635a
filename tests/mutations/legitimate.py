def edits(texts):
    return []
