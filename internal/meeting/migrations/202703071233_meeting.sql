-- Meetings, what is to be talked about in them and what became of it, what somebody says to one, how somebody
-- takes part, and on what somebody hosts. Whatever is words is one sealed text a row. In the clear stand ids,
-- days, and words of ours.

-- +goose Up
CREATE TABLE meeting_meeting (
	partnership_id TEXT NOT NULL,
	id TEXT NOT NULL,
	host_id TEXT NOT NULL,
	by_id TEXT NOT NULL,
	made BIGINT NOT NULL,
	known BIGINT NOT NULL,
	state TEXT NOT NULL,
	day TEXT NOT NULL,
	key_id TEXT NOT NULL,
	words {{bytes}} NOT NULL,
	PRIMARY KEY (partnership_id, id)
);
CREATE INDEX meeting_meeting_day ON meeting_meeting (partnership_id, day, id);

-- fates is how often somebody said what became of it, so that two who say it at once do not both count.
-- shut is 1 from the day an older copy is put back until whose it is says that it still stands: she may have
-- taken it back since.
CREATE TABLE meeting_item (
	partnership_id TEXT NOT NULL,
	id TEXT NOT NULL,
	meeting_id TEXT NOT NULL,
	person_id TEXT NOT NULL,
	made BIGINT NOT NULL,
	shut BIGINT NOT NULL,
	fates BIGINT NOT NULL,
	key_id TEXT NOT NULL,
	words {{bytes}} NOT NULL,
	PRIMARY KEY (partnership_id, id)
);
CREATE INDEX meeting_item_meeting ON meeting_item (partnership_id, meeting_id, made);
CREATE INDEX meeting_item_person ON meeting_item (partnership_id, person_id);

CREATE TABLE meeting_fate (
	partnership_id TEXT NOT NULL,
	id TEXT NOT NULL,
	item_id TEXT NOT NULL,
	n BIGINT NOT NULL,
	from_id TEXT NOT NULL,
	to_id TEXT NOT NULL,
	what TEXT NOT NULL,
	by_id TEXT NOT NULL,
	made BIGINT NOT NULL,
	key_id TEXT NOT NULL,
	words {{bytes}} NOT NULL,
	PRIMARY KEY (partnership_id, id)
);
CREATE INDEX meeting_fate_item ON meeting_fate (partnership_id, item_id, n);

CREATE TABLE meeting_said (
	partnership_id TEXT NOT NULL,
	id TEXT NOT NULL,
	meeting_id TEXT NOT NULL,
	item_id TEXT NOT NULL,
	person_id TEXT NOT NULL,
	may TEXT NOT NULL,
	made BIGINT NOT NULL,
	shut BIGINT NOT NULL,
	key_id TEXT NOT NULL,
	words {{bytes}} NOT NULL,
	PRIMARY KEY (partnership_id, id)
);
CREATE INDEX meeting_said_meeting ON meeting_said (partnership_id, meeting_id, made);
CREATE INDEX meeting_said_person ON meeting_said (partnership_id, person_id);

-- Erased two weeks after the meeting.
CREATE TABLE meeting_way (
	partnership_id TEXT NOT NULL,
	id TEXT NOT NULL,
	meeting_id TEXT NOT NULL,
	person_id TEXT NOT NULL,
	made BIGINT NOT NULL,
	key_id TEXT NOT NULL,
	words {{bytes}} NOT NULL,
	PRIMARY KEY (partnership_id, id),
	UNIQUE (partnership_id, meeting_id, person_id)
);

CREATE TABLE meeting_host (
	partnership_id TEXT NOT NULL,
	person_id TEXT NOT NULL,
	made BIGINT NOT NULL,
	key_id TEXT NOT NULL,
	words {{bytes}} NOT NULL,
	PRIMARY KEY (partnership_id, person_id)
);

CREATE TABLE meeting_counts (
	partnership_id TEXT NOT NULL,
	n BIGINT NOT NULL,
	by_id TEXT NOT NULL,
	made BIGINT NOT NULL,
	key_id TEXT NOT NULL,
	words {{bytes}} NOT NULL,
	PRIMARY KEY (partnership_id, n)
);
