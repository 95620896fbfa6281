"""Where data lies: the inbox of documents and the lake of tables."""
