-- Charts. A point's text is sealed (matrix_text.words); what rests on what is kept by the gate, and the
-- links here only say where a click leads. What is left in the clear are random ids and places.

-- +goose Up
CREATE TABLE matrix_point (
	partnership_id TEXT NOT NULL,
	study_id TEXT NOT NULL,
	id TEXT NOT NULL,
	source_id TEXT NOT NULL,
	theme_id TEXT NOT NULL,
	position BIGINT NOT NULL,
	version BIGINT NOT NULL,
	removed BIGINT NOT NULL,
	removed_by TEXT NOT NULL,
	PRIMARY KEY (partnership_id, study_id, id)
);

-- Every version of a point, each under a key of its own. words is NULL once its key is gone.
CREATE TABLE matrix_text (
	partnership_id TEXT NOT NULL,
	study_id TEXT NOT NULL,
	point_id TEXT NOT NULL,
	version BIGINT NOT NULL,
	writer_id TEXT NOT NULL,
	made BIGINT NOT NULL,
	key_id TEXT NOT NULL,
	words {{bytes}},
	PRIMARY KEY (partnership_id, study_id, point_id, version)
);

CREATE TABLE matrix_link (
	partnership_id TEXT NOT NULL,
	study_id TEXT NOT NULL,
	point_id TEXT NOT NULL,
	version BIGINT NOT NULL,
	n BIGINT NOT NULL,
	coding_id TEXT NOT NULL,
	source_id TEXT NOT NULL,
	turn_id TEXT NOT NULL,
	seq BIGINT NOT NULL,
	start_at BIGINT NOT NULL,
	end_at BIGINT NOT NULL,
	PRIMARY KEY (partnership_id, study_id, point_id, version, n)
) {{without rowid}};
CREATE INDEX matrix_link_turn ON matrix_link (partnership_id, turn_id);

-- What somebody has typed into a cell and not saved. point_id is empty for a new point.
CREATE TABLE matrix_unsaved (
	partnership_id TEXT NOT NULL,
	study_id TEXT NOT NULL,
	person_id TEXT NOT NULL,
	place TEXT NOT NULL,
	id TEXT NOT NULL,
	key_id TEXT NOT NULL,
	words {{bytes}} NOT NULL,
	changed BIGINT NOT NULL,
	PRIMARY KEY (partnership_id, study_id, person_id, place)
);

-- Why a cell is empty, as an analyst who read the source says.
CREATE TABLE matrix_mark (
	partnership_id TEXT NOT NULL,
	study_id TEXT NOT NULL,
	source_id TEXT NOT NULL,
	theme_id TEXT NOT NULL,
	mark TEXT NOT NULL,
	by_id TEXT NOT NULL,
	at BIGINT NOT NULL,
	PRIMARY KEY (partnership_id, study_id, source_id, theme_id)
);

-- What a study takes for a case, by kind of source; a kind that is not here is one case a source.
CREATE TABLE matrix_choice (
	partnership_id TEXT NOT NULL,
	study_id TEXT NOT NULL,
	source_kind TEXT NOT NULL,
	case_kind TEXT NOT NULL,
	PRIMARY KEY (partnership_id, study_id, source_kind)
);

-- The meeting (named by its observation) or practice that a source is put with.
CREATE TABLE matrix_group (
	partnership_id TEXT NOT NULL,
	study_id TEXT NOT NULL,
	case_kind TEXT NOT NULL,
	source_id TEXT NOT NULL,
	group_id TEXT NOT NULL,
	PRIMARY KEY (partnership_id, study_id, case_kind, source_id)
);

-- Who said that her sources may be read side by side in a study. No row is no.
CREATE TABLE matrix_join (
	partnership_id TEXT NOT NULL,
	study_id TEXT NOT NULL,
	person_id TEXT NOT NULL,
	given BIGINT NOT NULL,
	PRIMARY KEY (partnership_id, study_id, person_id)
);

-- Files that left, for what (sealed). What was in them the gate's lineage knows: a release rests on the
-- passages behind its points.
CREATE TABLE matrix_release (
	partnership_id TEXT NOT NULL,
	study_id TEXT NOT NULL,
	id TEXT NOT NULL,
	at BIGINT NOT NULL,
	by_id TEXT NOT NULL,
	what TEXT NOT NULL,
	key_id TEXT NOT NULL,
	purpose {{bytes}} NOT NULL,
	PRIMARY KEY (partnership_id, study_id, id)
);
