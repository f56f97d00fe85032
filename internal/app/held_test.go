package app_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"footing/internal/testing/engine"
)

// inCopy says of every table that names a person where its rows about her stand in her own copy (R50), or
// why they do not. A new room that keeps something of somebody says so here, in its own words, and hands
// its part to the room mine.
var inCopy = map[string]string{
	"account_person":       "the name is circle's; the passphrase cannot be turned back",
	"account_session":      "entry.Held",
	"account_code":         "entry.Held, as a number: codes cannot be turned back",
	"account_factor":       "entry.Held, as a fact",
	"account_token":        "entry.Held",
	"account_picture":      "table.Held",
	"agreement_version":    "agreement.Held",
	"agreement_answer":     "agreement.Held",
	"agreement_draft":      "agreement.Held",
	"agreement_read":       "agreement.Held",
	"agreement_stops":      "agreement.Held",
	"agreement_stops_yes":  "agreement.Held",
	"aloud_page":           "aloud.Held",
	"asking_ask":           "asking.Held",
	"asking_choice":        "asking.Held",
	"asking_rule":          "asking.Held",
	"asking_said":          "asking.Held; a \"not this\" is kept without her name",
	"asking_shelf_text":    "asking.Held",
	"asking_unsaved":       "asking.Held",
	"between_agreed":       "between.Held",
	"buddy_link":           "buddy.Held",
	"byhand_sheet":         "not: a printed page that was not entered; it goes by itself",
	"byhand_entry":         "byhand.Held",
	"byhand_allowed":       "byhand.Held",
	"checkin_note":         "checkin.Held",
	"checkin_call":         "checkin.Held; how she is reached in hers alone",
	"apart_space":          "apart.Held, for who said so last",
	"apart_before":         "apart.Held, for who said it before",
	"apart_note":           "apart.Held",
	"circle_person":        "circle.Held",
	"circle_standing":      "circle.Held",
	"circle_asked":         "circle.Held",
	"circle_leaving":       "circle.Held",
	"circle_naming":        "circle.Held",
	"circle_act":           "circle.Held",
	"coding_definition":    "coding.Held",
	"coding_part":          "coding.Held, as a number: the passages are others' words; coding.Made for those in hers",
	"coding_release":       "coding.Held; coding.Made for those with her words",
	"decision_decision":    "decision.Held",
	"decision_said":        "decision.Held; what she took down for others is theirs",
	"decision_doubt":       "decision.Held",
	"decision_rung":        "decision.Held",
	"decision_interest":    "decision.Held",
	"circle_house":         "circle.Held",
	"decision_counter":     "decision.Held, as a fact: what is on the slips is nobody's",
	"decision_roll":        "decision.Held, as a fact: a ballot is nobody's",
	"decision_unsaved":     "decision.Held",
	"consent_blob":         "not: an upload on its way in; it goes within a day",
	"consent_contribution": "sharing.Held; source.Held for what she keeps",
	"consent_speaker":      "sharing.Held",
	"consent_terms":        "sharing.Held",
	"consent_member":       "circle.Held, study.Held: as the standings and studies that bring an audience",
	"consent_opening":      "sharing.Held for those of her words; what she opened stands with its owners alone",
	"consent_mention":      "aboutme.Held; mine for the words that were shared with her",
	"consent_answer":       "aboutme.Held",
	"consent_correction":   "sharing.Held",
	"consent_withdrawal":   "sharing.Held",
	"entry_founding":       "entry.Held",
	"matrix_point":         "matrix.Held, as a number: sentences rest on others' words; matrix.Made for those on hers",
	"matrix_text":          "matrix.Held, as a number",
	"matrix_unsaved":       "matrix.Held, as a number",
	"matrix_mark":          "not: why a cell is empty is a mark of the study's, without words",
	"matrix_join":          "matrix.Held",
	"matrix_release":       "matrix.Held; matrix.Made for those that rest on her words",
	"meeting_meeting":      "meeting.Held, as a day: what it says of itself is the group's",
	"meeting_item":         "meeting.Held",
	"meeting_fate":         "meeting.Held",
	"meeting_said":         "meeting.Held",
	"meeting_way":          "meeting.Held",
	"meeting_pause":        "meeting.Held, while the meeting lasts",
	"meeting_host":         "meeting.Held",
	"meeting_counts":       "meeting.Held",
	"mine_copy":            "mine",
	"mine_paper":           "mine; not what others print with her, which is theirs",
	"needs_line":           "needs.Held",
	"power_entry":          "power.Held for what has her name; what has none is nobody's",
	"power_answer":         "power.Held",
	"power_list":           "power.Held",
	"facts_line":           "facts.Held",
	"needs_booking":        "needs.Held",
	"notes_notes":          "notes.Held, as which she goes through",
	"notes_right":          "notes.Held; what has no name has nobody's id",
	"notes_todo":           "notes.Held",
	"notes_todo_why":       "notes.Held",
	"observe_answer":       "observe.Held",
	"observe_request":      "observe.Held",
	"place_text":           "place.Held",
	"place_unsaved":        "place.Held",
	"jargon_meaning":       "jargon.Held",
	"rescue_helper":        "rescue.Held",
	"rescue_begun":         "rescue.Held",
	"rescue_files":         "rescue.Held",
	"sharing_draft":        "sharing.Held",
	"sharing_typed":        "sharing.Held for whose voice it is; as a number for who typed it",
	"sharing_wish":         "sharing.Held",
	"source_source":        "source.Held",
	"source_import":        "not: an upload on its way in; it goes within a day",
	"source_interview":     "interview.Held, for whom it was with and for who prepared it",
	"source_part":          "sharing.Held: her part of a source is a contribution's",
	"study_analyst":        "study.Held",
	"study_study":          "not: who chose the question is a sentence of the study's own page",
	"table_sitting":        "not: it ends within hours",
}

// naming finds columns that name a person.
var naming = regexp.MustCompile(`^(person|asker|keeper|reader|writer|helper|first|second|by|whom|beside)_id$|_by$`)

func TestCopy_EveryTableThatNamesAPersonIsAnsweredFor(t *testing.T) {
	engine.Once(t, "it reads the list of tables as SQLite keeps it; TestColumns holds both engines to the same tables")
	h := open(t)
	var found []string
	for _, name := range columns(t, h.Store(), sqliteColumns) {
		table, column, _ := strings.Cut(name, ".")
		if naming.MatchString(column) && !slices.Contains(found, table) {
			found = append(found, table)
		}
	}
	for _, table := range found {
		if inCopy[table] == "" {
			t.Errorf("%s names a person: say in inCopy where that stands in her own copy, or why not", table)
		}
	}
	for table := range inCopy {
		if !slices.Contains(found, table) && table != "circle_person" && table != "consent_withdrawal" {
			t.Errorf("%s is answered for and names nobody: take the line out", table)
		}
	}
}
