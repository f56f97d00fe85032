package intake_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"footing/internal/intake"
)

const (
	sec    = time.Second
	minute = time.Minute
)

func TestRead_Shapes(t *testing.T) {
	for _, c := range []struct {
		name, file, in string
		want           []intake.Turn
	}{
		{"plain", "a.txt", "Maya: Good morning.\n\nRuth: Hello.\nIt is: cold.\n\nMaya: Yes.",
			[]intake.Turn{said("Maya", "Good morning."), said("Ruth", "Hello.\nIt is: cold."), said("Maya", "Yes.")}},
		{"plain, a line each", "a.txt", "Interviewer: How was it?\nParticipant 3: Fine.\nInterviewer: Good.\n",
			[]intake.Turn{said("Interviewer", "How was it?"), said("Participant 3", "Fine."), said("Interviewer", "Good.")}},
		{"plain, two turns", "a.txt", "Interviewer: How was it?\n\nMaya: Fine.\n",
			[]intake.Turn{said("Interviewer", "How was it?"), said("Maya", "Fine.")}},
		{"plain, initials and tabs", "a.txt", "I:\tHow?\nR:\tFine.\nI:\tGood.\nR:\tYes.",
			[]intake.Turn{said("I", "How?"), said("R", "Fine."), said("I", "Good."), said("R", "Yes.")}},
		{"plain, label on its own line", "a.txt", "MAYA:\nOne.\n\nRUTH:\nTwo.\n\nMAYA:\nThree.\n\nRUTH:\nFour.",
			[]intake.Turn{said("MAYA", "One."), said("RUTH", "Two."), said("MAYA", "Three."), said("RUTH", "Four.")}},
		{"plain, no space once known", "a.txt", "Maya: One.\nRuth: Two.\nMaya:Three.\nRuth: Four.\nMaya: Five.",
			[]intake.Turn{said("Maya", "One."), said("Ruth", "Two."), said("Maya", "Three."), said("Ruth", "Four."), said("Maya", "Five.")}},
		{"plain, a group in brackets", "a.txt", "Maya (lived experience): One.\nDr. Shah: Two.\nMaya (lived experience): Three.\nDr. Shah: Four.",
			[]intake.Turn{said("Maya (lived experience)", "One."), said("Dr. Shah", "Two."), said("Maya (lived experience)", "Three."), said("Dr. Shah", "Four.")}},
		{"plain, right to left", "a.txt", "\u200fمها: نص أول\n\nليلى: نص ثان\n\n\u200fمها: نص: ثالث\n\nليلى: نعم",
			[]intake.Turn{said("مها", "نص أول"), said("ليلى", "نص ثان"), said("مها", "نص: ثالث"), said("ليلى", "نعم")}},
		{"plain, wide colon", "a.txt", "美雅\uFF1A早上好。\n\n露丝\uFF1A你好\uFF1A朋友。\n\n美雅\uFF1A好。\n\n露丝\uFF1A嗯。",
			[]intake.Turn{said("美雅", "早上好。"), said("露丝", "你好\uFF1A朋友。"), said("美雅", "好。"), said("露丝", "嗯。")}},
		{"bold", "a.md", "**Maya:** One.\n\nMore: of it.\n\n**Dr. R. Hill, PhD:** *Two.*\n\n**Maya:** \\[3:10\\] Three.",
			[]intake.Turn{said("Maya", "One.\n\nMore: of it."), said("Dr. R. Hill, PhD", "*Two.*"), said("Maya", "\\[3:10\\] Three.")}},
		{"bold, colon outside", "a.md", "**Maya**: One.\n\n**Ruth**: Two.\n",
			[]intake.Turn{said("Maya", "One."), said("Ruth", "Two.")}},
		{"bold with a time", "a.md", "**Maya** (00:01:02): One.\n\n**Ruth** [2:03]\nTwo.\n\n**Maya (0:04):** (5:00) is late.",
			[]intake.Turn{saidAt("Maya", 62*sec, "One."), saidAt("Ruth", 123*sec, "Two."), saidAt("Maya", 4*sec, "(5:00) is late.")}},
		{"time in brackets", "a.txt", "Maya Jones (00:00:00) - Well it\nwas (10:30) - I think.\n\nRuth (00:12:34) - No.\n\nMaya Jones (1:00:00) -\n",
			[]intake.Turn{saidAt("Maya Jones", 0, "Well it\nwas (10:30) - I think."), saidAt("Ruth", 12*minute+34*sec, "No."), saidAt("Maya Jones", time.Hour, "")}},
		{"time in brackets, colon", "a.txt", "Speaker 1 (00:03):\nOne.\n\nSpeaker 2 [00:05]: Two.",
			[]intake.Turn{saidAt("Speaker 1", 3*sec, "One."), saidAt("Speaker 2", 5*sec, "Two.")}},
		{"time first", "a.txt", "[00:00:03] Maya: One.\n[00:00:05.250] Ruth: Two.\n00:01:00 Maya: Three.",
			[]intake.Turn{saidAt("Maya", 3*sec, "One."), saidAt("Ruth", 5250*time.Millisecond, "Two."), saidAt("Maya", minute, "Three.")}},
		{"Otter", "a.txt", "Maya Jones  0:03  \nOne.\nTwo.\n\nSpeaker 2  1:00:04\nThree.\n\nMaya Jones  61:10\nFour.",
			[]intake.Turn{saidAt("Maya Jones", 3*sec, "One.\nTwo."), saidAt("Speaker 2", time.Hour+4*sec, "Three."), saidAt("Maya Jones", 61*minute+10*sec, "Four.")}},
		{"Teams, three lines", "a.txt", "Maya Jones\n0:3\nOne.\n\nRuth\n0:7\nTwo.\nThree.",
			[]intake.Turn{saidAt("Maya Jones", 3*sec, "One."), saidAt("Ruth", 7*sec, "Two.\nThree.")}},
		{"Zoom text", "a.txt", "[Maya Jones] 10:02:33\nOne.\n\n[Ruth] 10:02:40\nTwo.\n\n[Maya Jones] 10:03:00\nThree.\n\n[Ruth] 10:04:00\nFour.",
			[]intake.Turn{saidAt("Maya Jones", 10*time.Hour+2*minute+33*sec, "One."), saidAt("Ruth", 10*time.Hour+2*minute+40*sec, "Two."), saidAt("Maya Jones", 10*time.Hour+3*minute, "Three."), saidAt("Ruth", 10*time.Hour+4*minute, "Four.")}},
		{"before the first speaker", "a.txt", "Interview seven\nDate: 3 May\nInterviewer: R. Hill\n\nInterviewer: How?\n\nMaya: Fine.\n\nInterviewer: Good.\n\nMaya: Yes.",
			[]intake.Turn{said("", "Interview seven\nDate: 3 May\nInterviewer: R. Hill"), said("Interviewer", "How?"), said("Maya", "Fine."), said("Interviewer", "Good."), said("Maya", "Yes.")}},
		{"every line break kept", "a.txt", "Maya: One.\r\n\r\n  Two.\r\rThree. \r\n\r\n\r\nRuth: Four.\r\nMaya: Five.\r\nRuth: Six.\r\n",
			[]intake.Turn{said("Maya", "One.\n\n  Two.\n\nThree."), said("Ruth", "Four."), said("Maya", "Five."), said("Ruth", "Six.")}},
		{"no speakers", "a.txt", "One: two.\nThree.\n\n\nAnd then: four.",
			[]intake.Turn{said("", "One: two.\nThree."), said("", "And then: four.")}},
		{"captions with voices", "a.vtt", "WEBVTT - a talk\nKind: captions\n\nNOTE made up\n\nintro\n00:03.000 --> 00:04.000 align:start\n<v Maya Jones>One &amp;</v>\n\n00:00:04.000 --> 00:00:05.000\n<v.loud Maya Jones>two <i>three</i> <laugh></v>\n\n00:00:06.000 --> 00:00:07.000\n<v Ruth>Four.\nFive.<v Maya Jones>Six.\n",
			[]intake.Turn{saidAt("Maya Jones", 3*sec, "One & two three <laugh>"), saidAt("Ruth", 6*sec, "Four.\nFive."), saidAt("Maya Jones", 6*sec, "Six.")}},
		{"Teams captions", "a.vtt", "\ufeffWEBVTT\n\n0f1e/12-0\n00:00:03.000 --> 00:00:04.000\n<v Maya Jones>One</v>\n\n0f1e/12-1\n00:00:05.000 --> 00:00:06.000\n<v Ruth>Two</v>\n",
			[]intake.Turn{saidAt("Maya Jones", 3*sec, "One"), saidAt("Ruth", 5*sec, "Two")}},
		{"Zoom captions", "a.vtt", "WEBVTT\n\n1\n00:00:01.000 --> 00:00:02.000\nMaya Jones: One.\n\n2\n00:00:03.000 --> 00:00:04.000\nMaya Jones: Two: more\n\n3\n00:00:05.000 --> 00:00:06.000\nRuth: Three.\n\n4\n00:00:07.000 --> 00:00:08.000\nand on\n",
			[]intake.Turn{saidAt("Maya Jones", sec, "One. Two: more"), saidAt("Ruth", 5*sec, "Three. and on")}},
		{"Zoom captions, a phone's name", "a.vtt", "WEBVTT\n\n00:01.000 --> 00:02.000\nmaya's phone: One.\n\n00:03.000 --> 00:04.000\nruth h: Two.\n\n00:05.000 --> 00:06.000\nmaya's phone: Three.\n\n00:07.000 --> 00:08.000\nruth h: Four.\n\n00:09.000 --> 00:10.000\nmaya's phone: Five.\n\n00:11.000 --> 00:12.000\nruth h: Six.\n",
			[]intake.Turn{saidAt("maya's phone", sec, "One."), saidAt("ruth h", 3*sec, "Two."), saidAt("maya's phone", 5*sec, "Three."), saidAt("ruth h", 7*sec, "Four."), saidAt("maya's phone", 9*sec, "Five."), saidAt("ruth h", 11*sec, "Six.")}},
		{"captions, some of them empty", "a.vtt", "WEBVTT\n\n00:01.000 --> 00:02.000\n00:03.000 --> 00:04.000\nOne.\n\n00:05.000 --> 00:06.000\n\n00:07.000 --> 00:08.000\nTwo.\n",
			[]intake.Turn{saidAt("", 3*sec, "One."), saidAt("", 7*sec, "Two.")}},
		{"SubRip", "a.srt", "1\n00:00:01,000 --> 00:00:02,000\n{\\an8}<i>Maya:</i> One.\n\n2\n00:00:03,500 --> 00:00:04,000\nRuth: Two.\n\n12 of them.\n\n3\n00:00:05,000 --> 00:00:06,000\nMaya: Three.\nRuth: Four.\n",
			[]intake.Turn{saidAt("Maya", sec, "One."), saidAt("Ruth", 3500*time.Millisecond, "Two.\n\n12 of them."), saidAt("Maya", 5*sec, "Three."), saidAt("Ruth", 5*sec, "Four.")}},
		{"captions without speakers", "a.srt", "1\n00:00:01,000 --> 00:00:02,000\n- One.\n- Two.\n\n2\n00:00:03,000 --> 00:00:04,000\nThree &amp; four.\n",
			[]intake.Turn{saidAt("", sec, "- One.\n- Two."), saidAt("", 3*sec, "Three &amp; four.")}},
		{"older Teams", "a.txt", "0:0:0.0 --> 0:0:3.250\nMaya Jones\nOne.\n0:0:4.0 --> 0:0:5.0\nRuth\nTwo.\nMore.\n0:0:6.0 --> 0:0:7.0\nMaya Jones\nThree.",
			[]intake.Turn{saidAt("Maya Jones", 0, "One."), saidAt("Ruth", 4*sec, "Two.\nMore."), saidAt("Maya Jones", 6*sec, "Three.")}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := mustRead(t, c.file, []byte(c.in))
			if diff := cmp.Diff(c.want, got.Turns); diff != "" {
				t.Errorf("turns (-want +got):\n%s", diff)
			}
		})
	}
}

func TestRead_WordShapes(t *testing.T) {
	for _, c := range []struct {
		name string
		in   []byte
		want []intake.Turn
	}{
		{"plain", word(t, "Maya: One.\nStill one.", "And: more.", "", "Ruth: Two\tthree.", "Maya: Four."),
			[]intake.Turn{said("Maya", "One.\nStill one.\nAnd: more."), said("Ruth", "Two\tthree."), said("Maya", "Four.")}},
		{"Teams", word(t, "Maya Jones   0:03\nOne.", "Ruth   0:07\nTwo."),
			[]intake.Turn{saidAt("Maya Jones", 3*sec, "One."), saidAt("Ruth", 7*sec, "Two.")}},
		{"Teams, three lines", word(t, "Maya Jones\n0:3\nOne.", "Ruth\n0:7\nTwo."),
			[]intake.Turn{saidAt("Maya Jones", 3*sec, "One."), saidAt("Ruth", 7*sec, "Two.")}},
		{"older Teams", word(t, "00:00:00.000 --> 00:00:03.250", "Maya Jones", "One.", "", "00:00:04.000 --> 00:00:05.000", "Ruth", "Two.", "00:00:06.000 --> 00:00:07.000", "Ruth", "Three."),
			[]intake.Turn{saidAt("Maya Jones", 0, "One."), saidAt("Ruth", 4*sec, "Two. Three.")}},
		{"no speakers", word(t, "One.\nTwo.", "Three."),
			[]intake.Turn{said("", "One.\nTwo."), said("", "Three.")}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := mustRead(t, "a.docx", c.in)
			if diff := cmp.Diff(c.want, got.Turns); diff != "" {
				t.Errorf("turns (-want +got):\n%s", diff)
			}
			if got.Format != intake.Word {
				t.Errorf("format %q", got.Format)
			}
		})
	}
}

// A colon in ordinary prose makes no speaker.
func TestRead_ProseIsNoSpeaker(t *testing.T) {
	const talk = "Maya: First.\n\nRuth: Second.\n\nMaya: Third.\n\nRuth: Fourth.\n\n"
	for _, c := range []struct {
		name, in string
		speakers []string
		once     int // warnings that a label came once
		doubted  int // warnings that a line was taken as speech
	}{
		{"a note", "One thing: it rained.\n\nNote: bring a coat.\n\nWe met at 10:30.\n\nNote: bring a map.\n\nAnother thing: it shone.", nil, 0, 0},
		{"a reflective note", "What I saw: a queue.\n\nWhat I felt: tired.\n\nWhat I saw: a clock.\n\nWhat I felt: better.", nil, 0, 0},
		{"a diary", "Monday: rain.\n\nTuesday: sun.\n\nMonday: rain.\n\nTuesday: sun.", nil, 0, 0},
		{"a bold remark", "**Maya:** One.\n\n**Note:** a pause.\n\n**Maya:** Two.", []string{"Maya"}, 0, 1},
		{"links", "http://example.org/a\n\nhttps://example.org/b\n\nhttp://example.org/c", nil, 0, 0},
		{"an agenda", "Welcome\t10:00\nTea\t11:15\nHome\t12:30\n", nil, 0, 0},
		{"times in prose", "We waited (10:30) - it rained.\n\nThen we left (11:10) - it shone.", nil, 0, 0},
		{"a remark in a turn", talk + "Remember: I was new.\n\nThe truth is: I liked it.", []string{"Maya", "Ruth"}, 0, 1},
		{"somebody who speaks once", talk + "Receptionist: Next, please.\n\nMaya: Bye.", []string{"Maya", "Ruth", "Receptionist"}, 1, 0},
		{"a wrapped line", talk + "Maya: I told my friend\nRuth: be kind, and she was.\n", []string{"Maya", "Ruth"}, 0, 1},
		{"a missing blank line", talk + "Maya: I did.\nRuth: Good.\n", []string{"Maya", "Ruth"}, 0, 0},
		{"bold headings", "**Setting:** a room.\n\n**What I saw:** a queue.\n\nIt was long.\n\nIt moved.\n\n**What I saw:** a clock.", nil, 0, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := mustRead(t, "a.txt", []byte(c.in))
			var labels []string
			for _, s := range got.Speakers {
				labels = append(labels, s.Label)
			}
			if diff := cmp.Diff(c.speakers, labels); diff != "" {
				t.Errorf("speakers (-want +got):\n%s", diff)
			}
			count := map[intake.WarningKind]int{}
			for _, w := range got.Warnings {
				count[w.Kind]++
			}
			if count[intake.SpokeOnce] != c.once || count[intake.NotASpeaker] != c.doubted {
				t.Errorf("warnings %v", count)
			}
		})
	}
}

func TestRead_SpeakersInOrderWithCounts(t *testing.T) {
	got := mustRead(t, "a.txt", []byte("Ruth: é👩‍👧\n\nMaya: two\n\nRuth: e\u0301\n\nMaya: \n"))
	want := []intake.Speaker{{Label: "Ruth", Turns: 2, Characters: 6}, {Label: "Maya", Turns: 2, Characters: 3}}
	if diff := cmp.Diff(want, got.Speakers); diff != "" {
		t.Errorf("speakers (-want +got):\n%s", diff)
	}
	if got.Characters != 9 {
		t.Errorf("characters %d, want 9", got.Characters)
	}
}

func TestRead_FormatByContent(t *testing.T) {
	for _, c := range []struct {
		name string
		in   []byte
		want string
	}{
		{"a", []byte("WEBVTT\n\n00:01.000 --> 00:02.000\nHello"), intake.WebVTT},
		{"a.txt", []byte("\n1\n00:00:01,000 --> 00:00:02,000\nHello"), intake.SubRip},
		{"a.srt", []byte("By us.\n\n1\n00:00:01,000 --> 00:00:02,000\nHello"), intake.SubRip},
		{"a.vtt", []byte("00:01.000 --> 00:02.000\nHello"), intake.WebVTT},
		{"a.srt", []byte("Hello"), intake.Text},
		{"a.MD", []byte("Hello"), intake.Markdown},
		{"a.txt", word(t, "Hello"), intake.Word},
		{"a", []byte("Hello"), intake.Text},
	} {
		got := mustRead(t, c.name, c.in)
		if got.Format != c.want {
			t.Errorf("%s: format %q, want %q", c.name, got.Format, c.want)
		}
		if last := got.Turns[len(got.Turns)-1]; last.Text != "Hello" {
			t.Errorf("%s: last turn %q", c.name, last.Text)
		}
	}
}
