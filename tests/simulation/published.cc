#include "tests/simulation/published.h"

#include <map>
#include <optional>
#include <set>

#include "absl/strings/str_cat.h"
#include "libs/base/legal_day.h"
#include "services/publication/domain/record.h"

namespace xiufu::simulation {
namespace {

using publication::RecordState;
using publication::Reported;

constexpr int64_t kApproved = 1;
constexpr int64_t kCarriedOut = 1;

struct RecordRow {
  RecordState state;
  Id ended_by;
  std::string ends_on;
};

class Sight {
 public:
  explicit Sight(SimWorld& world) {
    ReadLedger(world);
    world.Read("publication", [this](storage::Session& session) { ReadPublication(session); });
    today_ = FormatDay(LegalDay(world.clock().Now()));
  }

  std::vector<std::string> WithoutGround() {
    for (const auto& [record, row] : records_) {
      if (!row.ended_by.IsNone()) {
        auto decided = approved_.find(row.ended_by);
        if (decided == approved_.end() || decided->second != record) {
          Fault(record, "ended by a decision that nobody took");
        }
        if (revoked_here_.contains(row.ended_by)) Fault(record, "ended by a revoked decision");
      }
      const bool reported_over = Told(record, Reported::Kind::kMovedOut);
      if (row.state == RecordState::kEnded && row.ended_by.IsNone() && !reported_over) {
        Fault(record, "ended, and nobody said so");
      }
      if ((row.state == RecordState::kWithdrawn) != Annulled(record)) {
        Fault(record, "withdrawn exactly when its authority annuls it");
      }
      const bool is_public = row.state == RecordState::kPublished;
      if (is_public && carried_out_.contains(record)) {
        Fault(record, "public, though a valid decision was carried out");
      }
    }
    return faults_;
  }

  std::vector<std::string> OtherwiseThanDecided() {
    for (const auto& [record, row] : records_) {
      if (Annulled(record)) continue;  // overtakes every decision; see WithoutGround
      if (auto last = last_valid_.find(record); last != last_valid_.end()) {
        if (row.state != RecordState::kEnded || row.ended_by != last->second) {
          Fault(record, absl::StrCat("repaired by ", last->second.ToString(), ", and published as ",
                                     ToString(row.state)));
        }
        continue;
      }
      if (!row.ended_by.IsNone()) Fault(record, "ended by a decision that is not valid any more");
      const bool over = !row.ends_on.empty() && row.ends_on < today_;
      if (row.state == RecordState::kPublished && over) Fault(record, "public beyond its last day");
      // What an authority tells of a record that a decision has ended is that decision carried out,
      // and goes with it.
      const bool stays_over = Told(record, Reported::Kind::kMovedOut) && !revoked_.contains(record);
      if (row.state == RecordState::kPublished && stays_over) {
        Fault(record, "public, though its authority has ended it");
      }
    }
    return faults_;
  }

 private:
  void Fault(const Id& id, absl::string_view what) {
    faults_.push_back(absl::StrCat(id.ToString(), ": ", what));
  }
  bool Told(const Id& record, Reported::Kind kind) const {
    return reports_.contains({record, static_cast<int64_t>(kind)});
  }
  bool Annulled(const Id& record) const {
    return Told(record, Reported::Kind::kRevoked) || Told(record, Reported::Kind::kAnnulled);
  }

  void ReadLedger(SimWorld& world) {
    std::set<Id> invalid;
    world.Read("publication", [&](storage::Session& session) {
      storage::Query refused = session.Sql("SELECT decision FROM ending WHERE outcome <> 1");
      while (refused.Next()) invalid.insert(refused.IdAt(0));
    });
    world.Read("result_sync", [&](storage::Session& session) {
      storage::Query revoked = session.Sql("SELECT decision, record FROM revocation");
      while (revoked.Next()) {
        invalid.insert(revoked.IdAt(0));
        revoked_.insert(revoked.IdAt(1));
      }
      storage::Query line =
          session.Sql("SELECT id, record, result FROM decision ORDER BY entered_at, id");
      while (line.Next()) {
        if (line.Int(2) != kApproved) continue;
        approved_[line.IdAt(0)] = line.IdAt(1);
        if (!invalid.contains(line.IdAt(0))) last_valid_[line.IdAt(1)] = line.IdAt(0);
      }
    });
  }

  void ReadPublication(storage::Session& session) {
    storage::Query row = session.Sql("SELECT id, state, ended_by, ends_on FROM record");
    while (row.Next()) {
      records_[row.IdAt(0)] = {static_cast<RecordState>(row.Int(1)),
                               row.IsNull(2) ? Id() : row.IdAt(2),
                               row.IsNull(3) ? "" : std::string(row.Text(3))};
    }
    storage::Query report = session.Sql("SELECT record, kind FROM reported_result");
    while (report.Next()) reports_.insert({report.IdAt(0), report.Int(1)});
    storage::Query revoked = session.Sql("SELECT decision FROM revocation");
    while (revoked.Next()) revoked_here_.insert(revoked.IdAt(0));
    storage::Query ending = session.Sql("SELECT decision, record, outcome FROM ending");
    while (ending.Next()) {
      const bool stands = ending.Int(2) == kCarriedOut && !revoked_here_.contains(ending.IdAt(0));
      if (stands) carried_out_.insert(ending.IdAt(1));
    }
  }

  std::map<Id, RecordRow> records_;
  std::set<std::pair<Id, int64_t>> reports_;  // record, kind
  std::map<Id, Id> approved_;                 // decision → record, by the ledger
  std::map<Id, Id> last_valid_;               // record → decision, by the ledger
  std::set<Id> revoked_here_;                 // decisions, as publication knows it
  std::set<Id> revoked_;                      // records about which a decision was revoked
  std::set<Id> carried_out_;  // records with a valid decision, as publication has it
  std::string today_;
  std::vector<std::string> faults_;
};

}  // namespace

std::vector<std::string> PublishedWithoutGround(SimWorld& world) {
  return Sight(world).WithoutGround();
}
std::vector<std::string> PublishedOtherwiseThanDecided(SimWorld& world) {
  return Sight(world).OtherwiseThanDecided();
}

}  // namespace xiufu::simulation
