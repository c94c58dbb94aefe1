-- The execution of which an order fills a part, by its number; it is no order itself, and what became of it stands among the events.
ALTER TABLE orders ADD COLUMN parent INTEGER;
