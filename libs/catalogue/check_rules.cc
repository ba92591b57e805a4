#include "libs/catalogue/check_rules.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "libs/data/table.h"

namespace xiufu::catalogue {
namespace {

constexpr char kSystem[] = "SYSTEM";

// "Q2", as the open questions are counted.
bool IsQuestion(absl::string_view text) {
  return text.size() > 1 && text.front() == 'Q' &&
         std::all_of(text.begin() + 1, text.end(),
                     [](char c) { return absl::ascii_isdigit(static_cast<unsigned char>(c)); });
}

// An empty list is everything.
template <typename Member>
bool Share(const std::vector<Member>& a, const std::vector<Member>& b) {
  return a.empty() || b.empty() || std::any_of(a.begin(), a.end(), [&](const Member& member) {
           return std::find(b.begin(), b.end(), member) != b.end();
         });
}

class RuleCheck {
 public:
  RuleCheck(data::Table& row, const Rule& rule, const CatalogueData& data)
      : row_(row), rule_(rule), data_(data) {}

  void Run() {
    Beside();
    Steering();
    Terms();
  }

 private:
  void Beside() {
    if (rule_.beside.empty()) return;
    if (!rule_.question.empty() && !IsQuestion(rule_.question)) {
      row_.ComplainAbout("question", absl::StrCat("'", rule_.question, "' is not like Q2"));
    }
    if (rule_.beside == rule_.id) return row_.ComplainAbout("beside", "the rule itself");
    bool known = false;
    for (const Rule& other : data_.rules) {
      if (other.id != rule_.beside) continue;
      known = true;
      Against(other);
    }
    if (!known) {
      row_.ComplainAbout("beside", absl::StrCat("'", rule_.beside, "' is not known"));
    }
  }

  void Against(const Rule& other) {
    if (!other.beside.empty()) {
      row_.ComplainAbout("beside", absl::StrCat(other.id, " stands beside ", other.beside,
                                                " itself: which of them governs?"));
    }
    if (!other.minimum) {
      row_.ComplainAbout("beside", absl::StrCat("one does not apply under ", other.id));
    }
    if (!Share(rule_.when.matters, other.when.matters) ||
        !Share(rule_.when.authority_kinds, other.when.authority_kinds) ||
        !Share(rule_.when.authorities, other.when.authorities)) {
      row_.ComplainAbout("beside",
                         absl::StrCat("no record is of both ", rule_.id, " and ", other.id));
    }
  }

  // What ends by itself nobody looks at and nobody decides; everything else somebody does.
  void Steering() {
    const bool by_itself = !rule_.applied_for && !rule_.by_person;
    if (by_itself != (rule_.decides == kSystem)) {
      row_.ComplainAbout("decides", by_itself ? "SYSTEM: it ends by itself"
                                              : "not SYSTEM: it does not end by itself");
    }
    if (by_itself && rule_.pre_check != "NONE") {
      row_.ComplainAbout("pre_check", "NONE: nobody applies");
    }
    if (rule_.applied_for && rule_.pre_check == "NONE") {
      row_.ComplainAbout("pre_check",
                         "not NONE: somebody looks whether an application is complete");
    }
    if (HasReviewer(rule_) && FindDeadline(rule_, "PRE_CHECK") == nullptr) {
      row_.ComplainAbout("deadlines", "one of kind PRE_CHECK: a person looks first");
    }
    if ((rule_.decides == "NATIONAL_CENTRE") != (rule_.ends_publicity_on == "NATIONAL_DECISION")) {
      row_.ComplainAbout("ends_publicity_on", "NATIONAL_DECISION belongs to NATIONAL_CENTRE");
    }
  }

  // Nothing a rule needs may come after it or be gone before it.
  void Terms() {
    for (const Deadline& deadline : rule_.deadlines) {
      if (deadline.provenance.Covers(rule_.provenance)) continue;
      row_.ComplainAbout("deadlines",
                         absl::StrCat(deadline.id, " is not in force on each day of the rule"));
    }
    for (const MaterialKind& material : data_.materials) {
      const bool named = std::find(rule_.materials.begin(), rule_.materials.end(), material.kind) !=
                         rule_.materials.end();
      if (!named || material.provenance.Covers(rule_.provenance)) continue;
      row_.ComplainAbout("materials",
                         absl::StrCat(material.kind, " is not in force on each day of the rule"));
    }
  }

  data::Table& row_;
  const Rule& rule_;
  const CatalogueData& data_;
};

}  // namespace

void CheckRules(const data::File& file, data::Problems& problems, const CatalogueData& data) {
  data::Problems ignored;  // what is wrong with a key itself has been told
  data::Table quiet(file.path, file.root, ignored);
  data::Table table(file.path, file.root, problems);
  std::vector<data::Table> keys = quiet.OptionalTables("rule");
  std::vector<data::Table> rows = table.OptionalTables("rule");
  for (size_t i = 0; i < rows.size(); ++i) {
    const std::string id = keys[i].Text("id");
    const absl::CivilDay from = keys[i].Day("effective_from");
    const auto rule = std::find_if(data.rules.begin(), data.rules.end(), [&](const Rule& each) {
      return each.id == id && each.provenance.effective_from == from;
    });
    if (rule != data.rules.end()) RuleCheck(rows[i], *rule, data).Run();
  }
}

}  // namespace xiufu::catalogue
