#include "services/intake/app/tell_next_step.h"

#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"

namespace xiufu::intake {
namespace {

using catalogue::BilingualText;
using catalogue::Messages;

// More than these are counted.
constexpr size_t kMostNames = 3;
// Follows the words of a step whose day is over.
constexpr char kOver[] = "NEXT_OVER";

absl::string_view KeyOf(Turn turn) {
  switch (turn) {
    case Turn::kApplicant:
      return "WHO_APPLICANT";
    case Turn::kAuthority:
      return "WHO_AUTHORITY";
    case Turn::kPreCheck:
      return "WHO_PRE_CHECK";
    case Turn::kDesk:
      return "WHO_DESK";
    case Turn::kLedger:
      return "WHO_LEDGER";
    case Turn::kUpstream:
      return "WHO_UPSTREAM";
    case Turn::kSites:
      return "WHO_SITES";
    case Turn::kPlatform:
      return "WHO_PLATFORM";
    case Turn::kNobody:
    case Turn::kUnspecified:
      break;
  }
  return "WHO_NOBODY";
}

BilingualText NameOf(const Messages& messages, const Party& party) {
  if (!party.name.empty()) return {party.name, party.name};
  return messages.Text(KeyOf(party.turn));
}

BilingualText WhoOf(const Messages& messages, const std::vector<Party>& parties) {
  const BilingualText comma = messages.Text("WHO_COMMA");
  BilingualText who;
  for (size_t i = 0; i < parties.size() && i < kMostNames; ++i) {
    const BilingualText name = NameOf(messages, parties[i]);
    absl::StrAppend(&who.zh, i == 0 ? "" : comma.zh, name.zh);
    absl::StrAppend(&who.en, i == 0 ? "" : comma.en, name.en);
  }
  if (parties.size() <= kMostNames) return who;
  return messages.Text("WHO_AND_OTHERS",
                       {{"who", who.zh, who.en}, {"count", absl::StrCat(parties.size())}});
}

BilingualText UntilOf(const Messages& messages, const NextStep& step) {
  if (step.due_date.empty()) return {};
  const BilingualText due = step.provisional
                                ? messages.Text("NEXT_PROVISIONAL", {{"due", step.due_date}})
                                : BilingualText{step.due_date, step.due_date};
  return messages.Text(step.deadline == "OVERALL" ? "NEXT_UNTIL_OVERALL" : "NEXT_UNTIL",
                       {{"due", due.zh, due.en}});
}

}  // namespace

NextStepWords InWords(const Messages& messages, const NextStep& step) {
  NextStepWords words;
  if (step.key.empty()) return words;
  const BilingualText who = WhoOf(messages, step.parties);
  const BilingualText until = UntilOf(messages, step);
  BilingualText text = messages.Text(step.key, {{"who", who.zh, who.en},
                                                {"until", until.zh, until.en},
                                                {"open", absl::StrCat(step.open)},
                                                {"ended", absl::StrCat(step.ended)}});
  if (step.over) {
    const BilingualText over = messages.Text(kOver);
    text = {absl::StrCat(text.zh, over.zh), absl::StrCat(text.en, over.en)};
  }
  words.text = std::move(text.zh);
  words.text_en = std::move(text.en);
  words.who = who.zh;
  words.who_en = who.en;
  if (!step.parties.empty()) words.turn = step.parties.front().turn;
  words.due_date = step.due_date;
  words.provisional = step.provisional;
  return words;
}

std::vector<std::string> NextStepTexts() {
  std::vector<std::string> keys = NextStepKeys();
  for (Turn turn : kTurns) keys.emplace_back(KeyOf(turn));
  for (const char* key : {"WHO_COMMA", "WHO_AND_OTHERS", "NEXT_PROVISIONAL", "NEXT_UNTIL",
                          "NEXT_UNTIL_OVERALL", kOver}) {
    keys.emplace_back(key);
  }
  return keys;
}

}  // namespace xiufu::intake
