#include "services/routing/drivers/order_letter.h"

#include <vector>

#include "absl/strings/str_cat.h"
#include "libs/base/legal_day.h"

namespace xiufu::routing {
namespace {

constexpr absl::string_view kOrderKeys[] = {
    "ORDER_TITLE",        "ORDER_FOOTER",        "ORDER_ADDRESSEE",   "ORDER_BODY",
    "ORDER_NUMBER",       "ORDER_ISSUED_ON",     "ORDER_APPLICATION", "ORDER_CASE",
    "ORDER_SUBJECT",      "ORDER_RECORD",        "ORDER_LIMIT",       "ORDER_LIMIT_DAY",
    "ORDER_LIMIT_SOURCE", "ORDER_DEMAND",        "ORDER_REPLY_DUE",   "ORDER_REPLY_SOURCE",
    "ORDER_REPLY_BY",     "ORDER_NOTHING_BY_IT", "ORDER_COPY",        "ORDER_REPLY_HEAD",
    "ORDER_REPLY",        "ORDER_REPLIED_BY",    "ORDER_REPLIED_ON",  "ORDER_PERSON",
    "ORDER_SEAL",         "ORDER_KIND_ACCEPT",   "ORDER_KIND_DECIDE", "ORDER_KIND_EXTEND",
    "ORDER_KIND_OVERALL", "ORDER_KIND_EXECUTE",  "ORDER_KIND_SHARE",  "LETTER_DAY",
    "LETTER_PAGE"};

class OrderWords {
 public:
  explicit OrderWords(const catalogue::Messages& messages) : messages_(messages) {}
  std::string operator()(absl::string_view key,
                         absl::Span<const catalogue::MessageArg> args = {}) const {
    return messages_.Text(key, args).zh;
  }
  std::string English(absl::string_view key) const { return messages_.Text(key).en; }
  std::string Day(absl::CivilDay day) const {
    return (*this)("LETTER_DAY", {{"year", absl::StrCat(day.year())},
                                  {"month", absl::StrCat(day.month())},
                                  {"day", absl::StrCat(day.day())}});
  }
  std::string Limit(absl::string_view kind) const {
    return (*this)(absl::StrCat("ORDER_KIND_", kind));
  }

 private:
  const catalogue::Messages& messages_;
};

// What it is about, and what is asked.
letter::Form FormOf(const OrderLetterFacts& facts, const OrderWords& words) {
  const SupervisionOrder& order = facts.order;
  // It is missed from the first instant after its last day.
  const absl::CivilDay last_day = LegalDay(order.since) - 1;
  letter::Form form;
  form.rows = {
      {{words("ORDER_NUMBER"), order.number},
       {words("ORDER_ISSUED_ON"), words.Day(LegalDay(order.issued_at))}},
      {{words("ORDER_APPLICATION"), facts.application_number}},
      {{words("ORDER_CASE"), order.case_id.ToString()}},
      {{words("ORDER_SUBJECT"), facts.subject_name}, {words("ORDER_RECORD"), facts.document_no}},
      {{words("ORDER_LIMIT"), words.Limit(order.kind)},
       {words("ORDER_LIMIT_DAY"), words.Day(last_day)}}};
  if (!facts.limit_source.empty()) {
    form.rows.push_back({{words("ORDER_LIMIT_SOURCE"), facts.limit_source}});
  }
  form.rows.push_back({{words("ORDER_DEMAND"), order.demand, 3}});
  form.rows.push_back({{words("ORDER_REPLY_DUE"), words.Day(order.reply_due.due.day)},
                       {words("ORDER_REPLY_SOURCE"), order.reply_due.source}});
  return form;
}

// To be filled in by hand while there is none.
letter::Form ReplyOf(const SupervisionOrder& order, const OrderWords& words) {
  const bool replied = order.replied_at != absl::InfinitePast();
  return {{{{words("ORDER_REPLY"), order.reply, 5}},
           {{words("ORDER_REPLIED_BY"), order.replied_by},
            {words("ORDER_REPLIED_ON"), replied ? words.Day(LegalDay(order.replied_at)) : ""}}},
          false};
}

letter::Paragraph Plain(std::string text) { return {.text = std::move(text)}; }

}  // namespace

letter::Document OrderLetter(const OrderLetterFacts& facts, const catalogue::Messages& messages) {
  const OrderWords words(messages);
  const SupervisionOrder& order = facts.order;
  letter::Document document;
  document.title = words("ORDER_TITLE");
  document.day = LegalDay(order.issued_at);
  document.footer = words("ORDER_FOOTER", {{"number", order.number}});
  // The arguments of this text are filled in by whoever counts the pages.
  document.page_number = words("LETTER_PAGE");
  std::vector<letter::Block>& blocks = document.blocks;
  blocks.emplace_back(letter::Title{words("ORDER_TITLE"), words.English("ORDER_TITLE")});
  blocks.emplace_back(
      letter::Paragraph{.text = words("ORDER_ADDRESSEE", {{"authority", order.authority_name}}),
                        .indented = false,
                        .keep_with_next = true});
  blocks.emplace_back(Plain(words("ORDER_BODY", {{"limit", words.Limit(order.kind)}})));
  blocks.emplace_back(FormOf(facts, words));
  blocks.emplace_back(
      Plain(words("ORDER_REPLY_BY", {{"due", words.Day(order.reply_due.due.day)}})));
  blocks.emplace_back(Plain(words("ORDER_NOTHING_BY_IT")));
  blocks.emplace_back(
      letter::Signature{{{words("ORDER_PERSON"), order.person}, {words("ORDER_SEAL"), ""}}});
  blocks.emplace_back(letter::Heading{words("ORDER_REPLY_HEAD"), 2});
  blocks.emplace_back(ReplyOf(order, words));
  if (!facts.superior.empty()) {
    blocks.emplace_back(
        letter::Paragraph{.text = words("ORDER_COPY", {{"superior", facts.superior}}),
                          .indented = false,
                          .small = true});
  }
  return document;
}

absl::Status CheckOrderLetterMessages(const catalogue::Messages& messages) {
  return messages.Require(kOrderKeys);
}

}  // namespace xiufu::routing
