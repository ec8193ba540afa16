-- the key is the index of the one query: all of a product's, in the order of their ids
create table recommendation (
    product_id bigint not null,
    recommendation_id bigint not null,
    author text not null,
    rate int not null,
    content text not null,
    primary key (product_id, recommendation_id)
);

create table applied_update (
    product_id bigint primary key,
    position bigint not null,
    version int not null
);
