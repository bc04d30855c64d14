-- What search keeps of texts, sealed under the holders of the texts; and how far each holder's texts have come. A
-- vulnerability's are numbered in its own row.

CREATE TABLE search_shard (
    product_id uuid_t NOT NULL REFERENCES product (id),
    holder_kind text_t NOT NULL,
    holder_id uuid_t NOT NULL,
    last_seq int_t NOT NULL,
    PRIMARY KEY (product_id, holder_kind, holder_id)
) strict_t;

CREATE INDEX search_shard_holder ON search_shard (holder_id, product_id, holder_kind, last_seq);

CREATE TABLE search_document (
    id uuid_t PRIMARY KEY,
    subject_kind text_t NOT NULL,
    product_id uuid_t NOT NULL REFERENCES product (id),
    holder_kind text_t NOT NULL,
    holder_id uuid_t NOT NULL,
    seq int_t NOT NULL,
    tokens_sealed bytes_t
) strict_t;

CREATE INDEX search_document_shard ON search_document (product_id, holder_kind, holder_id, seq);
