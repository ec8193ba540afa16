create table note (
    product_id bigint primary key,
    text text not null,
    stars int not null
);

create table applied_update (
    product_id bigint primary key,
    position bigint not null,
    version int not null
);
