create table product (
    product_id bigint primary key,
    name text not null,
    weight int not null
);

create table applied_update (
    product_id bigint primary key,
    position bigint not null,
    version int not null
);
