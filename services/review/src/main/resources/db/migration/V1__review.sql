-- the key is the index of the one query: all of a product's, in the order of their ids
create table review (
    product_id bigint not null,
    review_id bigint not null,
    author text not null,
    subject text not null,
    content text not null,
    primary key (product_id, review_id)
);

create table applied_update (
    product_id bigint primary key,
    position bigint not null,
    version int not null
);
