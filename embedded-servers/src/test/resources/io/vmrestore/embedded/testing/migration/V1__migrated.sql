CREATE TABLE migrated AS SELECT 'by Flyway'::text AS word;
