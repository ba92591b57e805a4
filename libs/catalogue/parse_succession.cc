#include "libs/catalogue/parse_succession.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "libs/base/legal_day.h"
#include "libs/base/uscc.h"
#include "libs/catalogue/parse_common.h"
#include "libs/data/table.h"

namespace xiufu::catalogue {
namespace {

struct Row {
  Succession what;
  data::Table table;
};

Succession ReadSuccession(data::Table& table) {
  Succession row;
  row.from_uscc = table.OptionalText("from_uscc");
  row.from_name = table.OptionalText("from_name");
  if (row.from_uscc.empty() && row.from_name.empty()) {
    table.Complain("neither from_uscc nor from_name");
  }
  if (!row.from_uscc.empty()) {
    const UsccCheck check = CheckUscc(row.from_uscc);
    if (!check.ok()) table.ComplainAbout("from_uscc", check.reason);
  }
  row.level = table.OneOf("level", {"PROVINCE", "CITY", "COUNTY"});
  row.to = table.Text("to");
  row.document = table.Text("document");
  row.provenance = ReadProvenance(table);
  table.Finish();
  return row;
}

bool HaveOnePredecessor(const Succession& a, const Succession& b) {
  return (!a.from_uscc.empty() && a.from_uscc == b.from_uscc) ||
         (!a.from_name.empty() && a.from_name == b.from_name);
}

// In a circle some successor is gone on the day that it takes over, so that is where it is told.
class SuccessionCheck {
 public:
  SuccessionCheck(std::vector<Row>& rows, const std::vector<Authority>& authorities)
      : rows_(rows), authorities_(authorities) {}

  void Run() {
    for (size_t i = 0; i < rows_.size(); ++i) {
      Successor(rows_[i]);
      Predecessor(rows_[i]);
      for (size_t j = 0; j < i; ++j) Neighbours(rows_[i], rows_[j].what);
    }
  }

 private:
  void Successor(Row& row) {
    const Authority* to = Find([&](const Authority& each) { return each.code == row.what.to; });
    if (to == nullptr) {
      return row.table.ComplainAbout("to", absl::StrCat("'", row.what.to, "' is not registered"));
    }
    if (to->level != row.what.level) {
      row.table.ComplainAbout("to", absl::StrCat("'", to->code, "' is of the level ", to->level));
    }
    if (!to->IsValidOn(row.what.provenance.effective_from)) {
      row.table.ComplainAbout("effective_from",
                              absl::StrCat("'", to->code, "' is not there on that day"));
    }
  }

  // Where the one that is gone is registered itself.
  void Predecessor(Row& row) {
    const Authority* from = PredecessorOf(row.what);
    if (from == nullptr) return;
    if (from->code == row.what.to) return row.table.ComplainAbout("to", "the authority itself");
    if (from->level != row.what.level) {
      row.table.ComplainAbout("level",
                              absl::StrCat("'", from->code, "' is of the level ", from->level));
    }
    const absl::CivilDay begins = row.what.provenance.effective_from;
    if (!from->valid_to || begins <= *from->valid_to) {
      row.table.ComplainAbout("effective_from",
                              absl::StrCat("'", from->code, "' is still there on that day"));
    } else if (begins > *from->valid_to + 1 && IsFirst(row.what)) {
      row.table.ComplainAbout("effective_from", absl::StrCat("a gap: '", from->code, "' ends on ",
                                                             FormatDay(*from->valid_to)));
    }
  }

  // Two rows of one predecessor follow each other day by day.
  void Neighbours(Row& row, const Succession& other) {
    if (!HaveOnePredecessor(row.what, other)) return;
    const Provenance& a = row.what.provenance;
    const Provenance& b = other.provenance;
    const Provenance& earlier = a.effective_from < b.effective_from ? a : b;
    const Provenance& later = a.effective_from < b.effective_from ? b : a;
    if (!earlier.effective_to || later.effective_from <= *earlier.effective_to) {
      row.table.ComplainAbout("effective_from",
                              absl::StrCat("overlaps with the row to '", other.to, "'"));
    } else if (later.effective_from > *earlier.effective_to + 1 && !HasBetween(row.what, other)) {
      row.table.ComplainAbout("effective_from",
                              absl::StrCat("a gap to the row to '", other.to, "'"));
    }
  }

  bool HasBetween(const Succession& a, const Succession& b) const {
    const absl::CivilDay low = std::min(a.provenance.effective_from, b.provenance.effective_from);
    const absl::CivilDay high = std::max(a.provenance.effective_from, b.provenance.effective_from);
    return std::any_of(rows_.begin(), rows_.end(), [&](const Row& each) {
      return HaveOnePredecessor(each.what, a) && low < each.what.provenance.effective_from &&
             each.what.provenance.effective_from < high;
    });
  }

  bool IsFirst(const Succession& row) const {
    return std::none_of(rows_.begin(), rows_.end(), [&](const Row& each) {
      return HaveOnePredecessor(each.what, row) &&
             each.what.provenance.effective_from < row.provenance.effective_from;
    });
  }

  const Authority* PredecessorOf(const Succession& row) const {
    return Find([&](const Authority& each) {
      return row.from_uscc.empty() ? each.name == row.from_name : each.uscc == row.from_uscc;
    });
  }
  template <typename Predicate>
  const Authority* Find(Predicate is) const {
    const auto at = std::find_if(authorities_.begin(), authorities_.end(), is);
    return at == authorities_.end() ? nullptr : &*at;
  }

  std::vector<Row>& rows_;
  const std::vector<Authority>& authorities_;
};

}  // namespace

std::vector<Succession> ParseSuccessions(const data::File& file,
                                         const std::vector<Authority>& authorities,
                                         data::Problems& problems) {
  data::Table table(file.path, file.root, problems);
  std::vector<Row> rows;
  for (data::Table& row : table.OptionalTables("succession")) {
    Succession what = ReadSuccession(row);
    rows.push_back({std::move(what), std::move(row)});
  }
  table.Finish();
  SuccessionCheck(rows, authorities).Run();
  std::vector<Succession> successions;
  for (Row& row : rows) successions.push_back(std::move(row.what));
  return successions;
}

}  // namespace xiufu::catalogue
