-- Parts of passages whose place was lost when the typing of their turn was put right: where they stood in
-- which earlier text. Such a part covers the whole turn until somebody has placed it anew. Ids, places and
-- numbers alone; what stood there is the gate's to say.

-- +goose Up
CREATE TABLE coding_lost (
	partnership_id TEXT NOT NULL,
	study_id TEXT NOT NULL,
	contribution_id TEXT NOT NULL,
	coding_id TEXT NOT NULL,
	n BIGINT NOT NULL,
	turn_id TEXT NOT NULL,
	correction_id TEXT NOT NULL,
	start_at BIGINT NOT NULL,
	end_at BIGINT NOT NULL,
	frame_version BIGINT NOT NULL, -- under which it was indexed; the part has 0 meanwhile, to be looked at again
	PRIMARY KEY (partnership_id, contribution_id, coding_id, n)
);
CREATE INDEX coding_lost_turn ON coding_lost (partnership_id, turn_id);
