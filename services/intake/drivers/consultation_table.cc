#include "services/intake/drivers/consultation_table.h"

#include "services/intake/drivers/before.h"

namespace xiufu::intake {
namespace {

#define XIUFU_CONSULTATION_COLUMNS                                                       \
  "id, clerk, window, taken_region, region, mode, topic, at, subject_uscc, application," \
  " case_id, question, answer, contact_name, contact_phone"

Consultation ReadConsultation(const storage::Query& query) {
  Consultation consultation;
  consultation.id = query.IdAt(0);
  consultation.desk = {std::string(query.Text(1)), std::string(query.Text(2)),
                       std::string(query.Text(3))};
  consultation.region = std::string(query.Text(4));
  consultation.mode = static_cast<ConsultationMode>(query.Int(5));
  consultation.topic = std::string(query.Text(6));
  consultation.at = query.TimeAt(7);
  consultation.subject_uscc = std::string(query.Text(8));
  consultation.application = query.IdAt(9);
  consultation.case_id = query.IdAt(10);
  consultation.question = std::string(query.Text(11));
  consultation.answer = std::string(query.Text(12));
  consultation.contact_name = std::string(query.Text(13));
  consultation.contact_phone = std::string(query.Text(14));
  return consultation;
}

std::optional<absl::Time> Bound(absl::Time time) {
  const bool given = time != absl::InfinitePast() && time != absl::InfiniteFuture();
  return given ? std::optional<absl::Time>(time) : std::nullopt;
}

}  // namespace

std::optional<Consultation> SqlConsultationTable::Find(storage::Session& session,
                                                       const Id& id) const {
  storage::Query query =
      session.Sql("SELECT " XIUFU_CONSULTATION_COLUMNS " FROM consultation WHERE id = ?", id);
  if (!query.Next()) return std::nullopt;
  return ReadConsultation(query);
}

std::vector<Consultation> SqlConsultationTable::List(storage::Session& session,
                                                     const ConsultationFilter& filter) const {
  storage::Query query =
      session.Sql("SELECT " XIUFU_CONSULTATION_COLUMNS
                  " FROM consultation WHERE (?1 = '' OR region = ?1) AND (?2 = '' OR topic = ?2)"
                  " AND (?3 = '' OR subject_uscc = ?3) AND (?4 IS NULL OR application = ?4)"
                  " AND (?5 = '' OR instr(question, ?5) > 0 OR instr(answer, ?5) > 0)"
                  " AND (?6 IS NULL OR at >= ?6) AND (?7 IS NULL OR at < ?7) AND id < ?8"
                  " ORDER BY id DESC LIMIT ?9",
                  filter.region, filter.topic, filter.subject_uscc, filter.application, filter.text,
                  Bound(filter.from), Bound(filter.until), OrLast(filter.before), filter.limit);
  std::vector<Consultation> consultations;
  while (query.Next()) consultations.push_back(ReadConsultation(query));
  return consultations;
}

void SqlConsultationTable::Insert(storage::Tx& tx, const Consultation& consultation) const {
  tx.Run("INSERT INTO consultation (" XIUFU_CONSULTATION_COLUMNS
         ", month) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
         consultation.id, consultation.desk.clerk, consultation.desk.window,
         consultation.desk.region, consultation.region, static_cast<int>(consultation.mode),
         consultation.topic, consultation.at, consultation.subject_uscc, consultation.application,
         consultation.case_id, consultation.question, consultation.answer,
         consultation.contact_name, consultation.contact_phone, LegalMonth(consultation.at));
}

void SqlConsultationTable::SaveLink(storage::Tx& tx, const Consultation& consultation) const {
  tx.Run("UPDATE consultation SET subject_uscc = ?, application = ?, case_id = ? WHERE id = ?",
         consultation.subject_uscc, consultation.application, consultation.case_id,
         consultation.id);
}

void SqlConsultationTable::Move(storage::Tx& tx, const Id& id, absl::string_view region) const {
  tx.Run("UPDATE consultation SET region = ? WHERE id = ?", region, id);
}

void SqlConsultationTable::EraseContacts(storage::Tx& tx, absl::Time before) const {
  tx.Run(
      "UPDATE consultation SET contact_name = '', contact_phone = ''"
      " WHERE at < ? AND (contact_name <> '' OR contact_phone <> '')",
      before);
}

void SqlConsultationTable::EraseWords(storage::Tx& tx, absl::Time before) const {
  tx.Run(
      "UPDATE consultation SET question = '', answer = '' WHERE at < ?"
      " AND (question <> '' OR answer <> '')",
      before);
}

std::vector<WindowCount> SqlConsultationTable::Count(storage::Session& session,
                                                     absl::string_view region,
                                                     absl::string_view from_month,
                                                     absl::string_view to_month) const {
  storage::Query query = session.Sql(
      "SELECT window, taken_region, month, topic, count(*) FROM consultation"
      " WHERE (?1 = '' OR taken_region = ?1) AND month >= ?2 AND (?3 = '' OR month <= ?3)"
      " GROUP BY month, window, topic ORDER BY month, window, topic",
      region, from_month, to_month);
  std::vector<WindowCount> counts;
  while (query.Next()) {
    counts.push_back({std::string(query.Text(0)), std::string(query.Text(1)),
                      std::string(query.Text(2)), std::string(query.Text(3)), query.Int(4)});
  }
  return counts;
}

#undef XIUFU_CONSULTATION_COLUMNS

}  // namespace xiufu::intake
