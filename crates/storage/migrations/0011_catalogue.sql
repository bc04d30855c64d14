-- The words by which the catalogue finds a product.

CREATE TABLE product_word (
    word text_t NOT NULL,
    product_id uuid_t NOT NULL REFERENCES product (id),
    PRIMARY KEY (word, product_id)
) strict_t;

CREATE INDEX product_word_of ON product_word (product_id);
