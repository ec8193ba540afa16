alter table note
    add column year int;
