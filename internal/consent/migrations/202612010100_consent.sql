-- The gate's tables. Words are sealed under a key of their own (words, title, note, label); what is left
-- in the clear are random ids, kinds, times and places in a text, which say nothing of what was said.
-- Withdrawals are kept when everything else of a part is gone: they are its tombstone.

-- +goose Up
CREATE TABLE consent_contribution (
	partnership_id TEXT NOT NULL,
	id TEXT NOT NULL,
	kind TEXT NOT NULL,
	keeper_id TEXT NOT NULL,
	made BIGINT NOT NULL,
	version BIGINT NOT NULL,
	key_id TEXT NOT NULL,
	title {{bytes}},
	note {{bytes}},
	PRIMARY KEY (partnership_id, id)
);

CREATE TABLE consent_speaker (
	partnership_id TEXT NOT NULL,
	contribution_id TEXT NOT NULL,
	id TEXT NOT NULL,
	position BIGINT NOT NULL,
	role TEXT NOT NULL,
	person_id TEXT NOT NULL,
	label {{bytes}},
	PRIMARY KEY (partnership_id, contribution_id, id)
);
CREATE INDEX consent_speaker_person ON consent_speaker (partnership_id, person_id);

CREATE TABLE consent_turn (
	partnership_id TEXT NOT NULL,
	contribution_id TEXT NOT NULL,
	version BIGINT NOT NULL,
	seq BIGINT NOT NULL,
	id TEXT NOT NULL,
	speaker_id TEXT NOT NULL,
	key_id TEXT NOT NULL,
	at_ms BIGINT NOT NULL,
	length BIGINT NOT NULL,
	words {{bytes}},
	PRIMARY KEY (partnership_id, contribution_id, version, seq)
);
CREATE UNIQUE INDEX consent_turn_id ON consent_turn (partnership_id, id);

CREATE TABLE consent_terms (
	partnership_id TEXT NOT NULL,
	contribution_id TEXT NOT NULL,
	speaker_id TEXT NOT NULL,
	id TEXT NOT NULL,
	version BIGINT NOT NULL,
	given BIGINT NOT NULL,
	latest BIGINT NOT NULL,
	attribution TEXT NOT NULL,
	ask_first BIGINT NOT NULL,
	how TEXT NOT NULL,
	given_by TEXT NOT NULL,
	beside TEXT NOT NULL,
	sheet TEXT NOT NULL,
	PRIMARY KEY (partnership_id, contribution_id, speaker_id, id)
);

CREATE TABLE consent_yes (
	partnership_id TEXT NOT NULL,
	terms_id TEXT NOT NULL,
	n BIGINT NOT NULL,
	audience TEXT NOT NULL,
	audience_id TEXT NOT NULL,
	purpose TEXT NOT NULL,
	purpose_id TEXT NOT NULL,
	form BIGINT NOT NULL,
	begins BIGINT NOT NULL,
	ends BIGINT NOT NULL,
	later BIGINT NOT NULL,
	PRIMARY KEY (partnership_id, terms_id, n)
);

CREATE TABLE consent_not (
	partnership_id TEXT NOT NULL,
	terms_id TEXT NOT NULL,
	audience TEXT NOT NULL,
	audience_id TEXT NOT NULL,
	PRIMARY KEY (partnership_id, terms_id, audience, audience_id)
);

CREATE TABLE consent_member (
	partnership_id TEXT NOT NULL,
	person_id TEXT NOT NULL,
	audience TEXT NOT NULL,
	audience_id TEXT NOT NULL,
	since BIGINT NOT NULL,
	until BIGINT NOT NULL,
	PRIMARY KEY (partnership_id, person_id, audience, audience_id, since)
);
CREATE INDEX consent_member_audience ON consent_member (partnership_id, audience, audience_id);

-- One row for each part taken back. turn_id is empty when it is the speaker's whole part. seq counts up
-- within the partnership: every process asks each second whether it has grown.
CREATE TABLE consent_withdrawal (
	partnership_id TEXT NOT NULL,
	seq BIGINT NOT NULL,
	id TEXT NOT NULL,
	contribution_id TEXT NOT NULL,
	speaker_id TEXT NOT NULL,
	turn_id TEXT NOT NULL,
	taken BIGINT NOT NULL,
	erase_at BIGINT NOT NULL,
	undone BIGINT NOT NULL,
	destroyed BIGINT NOT NULL,
	PRIMARY KEY (partnership_id, seq)
);
CREATE INDEX consent_withdrawal_contribution ON consent_withdrawal (partnership_id, contribution_id);

-- One row for each reader, purpose and clock hour; an export, print or release has an act of its own.
CREATE TABLE consent_opening (
	partnership_id TEXT NOT NULL,
	contribution_id TEXT NOT NULL,
	speaker_id TEXT NOT NULL,
	reader_id TEXT NOT NULL,
	purpose TEXT NOT NULL,
	purpose_id TEXT NOT NULL,
	hour BIGINT NOT NULL,
	act TEXT NOT NULL,
	PRIMARY KEY (partnership_id, contribution_id, speaker_id, reader_id, purpose, purpose_id, hour, act)
);

-- A passage in somebody's turn that speaks of a member, and what that member answers to such passages.
CREATE TABLE consent_mention (
	partnership_id TEXT NOT NULL,
	contribution_id TEXT NOT NULL,
	id TEXT NOT NULL,
	turn_id TEXT NOT NULL,
	start_at BIGINT NOT NULL,
	end_at BIGINT NOT NULL,
	person_id TEXT NOT NULL,
	marked_by TEXT NOT NULL,
	made BIGINT NOT NULL,
	PRIMARY KEY (partnership_id, contribution_id, id)
);
CREATE INDEX consent_mention_person ON consent_mention (partnership_id, person_id);

CREATE TABLE consent_answer (
	partnership_id TEXT NOT NULL,
	person_id TEXT NOT NULL,
	answer TEXT NOT NULL,
	given BIGINT NOT NULL,
	PRIMARY KEY (partnership_id, person_id)
);

-- Lineage: what (from) was made from what (to). Closing asks it, never a copy.
CREATE TABLE consent_rests_on (
	partnership_id TEXT NOT NULL,
	from_kind TEXT NOT NULL,
	from_id TEXT NOT NULL,
	to_kind TEXT NOT NULL,
	to_id TEXT NOT NULL,
	PRIMARY KEY (partnership_id, from_kind, from_id, to_kind, to_id)
);
CREATE INDEX consent_rests_on_to ON consent_rests_on (partnership_id, to_kind, to_id);

-- What a turn said before its typing was mended, under the turn's own key: its speaker sees both.
CREATE TABLE consent_correction (
	partnership_id TEXT NOT NULL,
	contribution_id TEXT NOT NULL,
	turn_id TEXT NOT NULL,
	id TEXT NOT NULL,
	made BIGINT NOT NULL,
	made_by TEXT NOT NULL,
	key_id TEXT NOT NULL,
	before {{bytes}},
	PRIMARY KEY (partnership_id, contribution_id, turn_id, id)
);

-- Keys whose words are gone already and that the next change of epoch destroys.
CREATE TABLE consent_doomed (
	partnership_id TEXT NOT NULL,
	key_id TEXT NOT NULL,
	PRIMARY KEY (partnership_id, key_id)
);
