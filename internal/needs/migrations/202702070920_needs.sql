-- What somebody needs to take part, and what was booked for it. What it is, in which language, whom she would
-- like and what she wrote is one sealed text, and so is what was booked. In the clear stand whose it is, who
-- may know, what she answered and when: no kind of need.

-- +goose Up
CREATE TABLE needs_line (
	partnership_id TEXT NOT NULL,
	id TEXT NOT NULL,
	person_id TEXT NOT NULL,
	may TEXT NOT NULL,
	made BIGINT NOT NULL,
	key_id TEXT NOT NULL,
	words {{bytes}} NOT NULL,
	PRIMARY KEY (partnership_id, id)
);
CREATE INDEX needs_line_person ON needs_line (partnership_id, person_id, made);

-- line_id and person_id are empty once she has taken the line back: what stays, until somebody has called it
-- off, is what was booked.
CREATE TABLE needs_booking (
	partnership_id TEXT NOT NULL,
	id TEXT NOT NULL,
	line_id TEXT NOT NULL,
	person_id TEXT NOT NULL,
	by_id TEXT NOT NULL,
	made BIGINT NOT NULL,
	state TEXT NOT NULL,
	key_id TEXT NOT NULL,
	words {{bytes}} NOT NULL,
	PRIMARY KEY (partnership_id, id)
);
CREATE INDEX needs_booking_line ON needs_booking (partnership_id, line_id, made);
CREATE INDEX needs_booking_person ON needs_booking (partnership_id, person_id);
