#include "services/intake/domain/power_of_attorney.h"

#include <algorithm>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "libs/base/legal_day.h"
#include "libs/base/status.h"
#include "libs/base/text.h"
#include "services/intake/domain/create_application.h"

namespace xiufu::intake {
namespace {

constexpr char kLacking[] = "POWER_OF_ATTORNEY_LACKING";
constexpr char kField[] = "power_of_attorney";

std::string FieldOf(absl::string_view name) { return absl::StrCat(kField, ".", name); }

absl::string_view ActInWords(Act act) {
  switch (act) {
    case Act::kApply:
      return "申请";
    case Act::kSupplement:
      return "补正";
    case Act::kWithdraw:
      return "撤回";
    case Act::kReceive:
      return "代领文书";
    case Act::kObject:
      return "提出异议";
    case Act::kUnspecified:
      break;
  }
  return "";
}

bool IsIdentityNumber(absl::string_view text) {
  if (text.size() < 6 || text.size() > 20) return false;
  return std::all_of(text.begin(), text.end(),
                     [](unsigned char c) { return absl::ascii_isalnum(c); });
}

// An organisation by its code, or a person by the number of his identity.
std::string ValidateAgent(const PowerCommand& command, absl::string_view secret,
                          Violations& violations) {
  violations.Take(CheckText(FieldOf("agent_name"), command.agent_name, 1, 50));
  const bool organisation = !command.organisation_uscc.empty();
  violations.Take(CheckText(FieldOf("organisation_name"), command.organisation_name,
                            organisation ? 1 : 0, organisation ? 100 : 0));
  if (organisation == !command.identity_no.empty()) {
    violations.Add(FieldOf("organisation_uscc"), organisation ? "two agents" : "no agent",
                   "an organisation's code, or the identity number of a person on his own");
    return "";
  }
  if (!organisation) {
    if (IsIdentityNumber(command.identity_no)) return AgentOfPerson(command.identity_no, secret);
    violations.Add(FieldOf("identity_no"), "not an identity number", "6 to 20 of 0-9 A-Z");
    return "";
  }
  absl::StatusOr<UsccCheck> uscc =
      ValidateUscc(FieldOf("organisation_uscc"), command.organisation_uscc);
  violations.Take(uscc.status());
  return uscc.ok() ? uscc->code : "";
}

void ValidateScope(const PowerCommand& command, PowerOfAttorney& power, Violations& violations) {
  absl::StatusOr<std::vector<Id>> records = ValidateRecordNames(command.records, kMaxRecords);
  for (const Violation& one : ViolationsOf(records.status())) {
    violations.Take(FieldViolations({{FieldOf(one.field), one.description}}));
  }
  if (records.ok()) power.records = *std::move(records);
  for (const std::string& name : command.matters) {
    const std::optional<catalogue::MatterKind> matter = catalogue::MatterNamed(name);
    if (!matter) {
      violations.Add(FieldOf("matters"), "unknown", "the named kinds of records");
    } else if (std::find(power.matters.begin(), power.matters.end(), *matter) ==
               power.matters.end()) {
      power.matters.push_back(*matter);
    }
  }
  for (const Act act : kActs) {
    const auto& acts = command.acts;
    if (std::find(acts.begin(), acts.end(), static_cast<int>(act)) != acts.end()) {
      power.acts.push_back(act);
    }
  }
  if (power.acts.empty() || power.acts.size() != command.acts.size()) {
    violations.Add(FieldOf("acts"), command.acts.empty() ? "empty" : "unknown, or given twice",
                   "APPLY, SUPPLEMENT, WITHDRAW, RECEIVE, OBJECT: each that the paper names, once");
  }
}

absl::CivilDay ValidateDay(absl::string_view name, const std::string& text,
                           Violations& violations) {
  const absl::StatusOr<absl::CivilDay> day = ParseDay(text);
  if (!day.ok()) violations.Add(FieldOf(name), text.empty() ? "empty" : "not a day", "yyyy-mm-dd");
  return day.value_or(absl::CivilDay());
}

bool Covers(const PowerOfAttorney& power, const ActedOn& acted) {
  const auto has = [](const auto& list, const auto& one) {
    return list.empty() || std::find(list.begin(), list.end(), one) != list.end();
  };
  return has(power.records, acted.record) && has(power.matters, acted.matter);
}

}  // namespace

absl::string_view ToString(Act act) {
  switch (act) {
    case Act::kApply:
      return "APPLY";
    case Act::kSupplement:
      return "SUPPLEMENT";
    case Act::kWithdraw:
      return "WITHDRAW";
    case Act::kReceive:
      return "RECEIVE";
    case Act::kObject:
      return "OBJECT";
    case Act::kUnspecified:
      break;
  }
  return "UNSPECIFIED";
}

void CheckActing(Capacity acting, Violations& violations) {
  if (IsKnownOrUnspecified(acting)) return;
  violations.Add("acting", "unknown", "one of the named capacities, or nothing for the applicant");
}

bool ActsByPower(const Application& application, Capacity acting) {
  Applicant who = application.applicant;
  if (acting != Capacity::kUnspecified) who.capacity = acting;
  return ShowsPower(who, application.origin);
}

std::string AgentOfPerson(absl::string_view identity_no, absl::string_view secret) {
  const std::string known = absl::AsciiStrToUpper(identity_no);
  return absl::StrCat("person-",
                      HexEncode(Sha256(absl::StrCat(secret, "\n", known))).substr(0, 32));
}

absl::StatusOr<PowerOfAttorney> ValidatePower(const PowerCommand& command,
                                              absl::string_view subject_uscc,
                                              absl::string_view secret, absl::Time now) {
  Violations violations;
  PowerOfAttorney power;
  power.subject_uscc = absl::AsciiStrToUpper(subject_uscc);
  power.agent = ValidateAgent(command, secret, violations);
  power.agent_name = command.agent_name;
  power.organisation_name = command.organisation_name;
  if (absl::AsciiStrToUpper(command.subject_uscc) != absl::AsciiStrToUpper(subject_uscc)) {
    violations.Add(FieldOf("subject_uscc"), "not the subject of the application",
                   "the code of the subject that gave the power");
  }
  ValidateScope(command, power, violations);
  power.valid_from = ValidateDay("valid_from", command.valid_from, violations);
  power.valid_to = ValidateDay("valid_to", command.valid_to, violations);
  if (violations.empty() && power.valid_to < power.valid_from) {
    violations.Add(FieldOf("valid_to"), "before valid_from", "the last day of the power");
  }
  if (!violations.empty()) return violations.ToStatus();
  power.recorded = now;
  return power;
}

std::optional<PowerOfAttorney> TakePower(bool agent, const std::optional<PowerCommand>& command,
                                         absl::string_view subject_uscc, absl::string_view secret,
                                         absl::Time now, Violations& violations) {
  if (agent != command.has_value()) {
    violations.Add(kField, agent ? "empty" : "given by somebody who need not",
                   agent ? "the agent's power of attorney" : "an agent's, at the city's door");
  }
  if (!agent || !command) return std::nullopt;
  absl::StatusOr<PowerOfAttorney> power = ValidatePower(*command, subject_uscc, secret, now);
  violations.Take(power.status());
  if (!power.ok()) return std::nullopt;
  return *std::move(power);
}

absl::Status CheckPower(const std::optional<PowerOfAttorney>& power, Act act,
                        const std::vector<ActedOn>& records, absl::CivilDay on) {
  std::vector<std::pair<std::string, std::string>> metadata = {{"act", std::string(ToString(act))}};
  std::vector<Violation> lacking;
  if (!power) {
    lacking.push_back({kField, "代理人未提供授权委托书 / the agent has no power of attorney"});
    return WithReason(MissingThings(lacking), kLacking, metadata);
  }
  if (std::find(power->acts.begin(), power->acts.end(), act) == power->acts.end()) {
    lacking.push_back(
        {FieldOf("acts"), absl::StrCat("授权委托书未授权", ActInWords(act),
                                       " / the power does not name ", ToString(act))});
  }
  if (on < power->valid_from) {
    lacking.push_back(
        {FieldOf("valid_from"), absl::StrCat("授权自", FormatDay(power->valid_from),
                                             "起有效 / the power is valid from that day")});
  }
  if (on > power->valid_to) {
    lacking.push_back(
        {FieldOf("valid_to"),
         absl::StrCat("授权已于", FormatDay(power->valid_to),
                      "到期，请重新提交授权委托书，或者由主体自行办理 / the power has "
                      "expired: hand in a new one, or let the subject act itself")});
    metadata.emplace_back("valid_to", FormatDay(power->valid_to));
  }
  for (size_t i = 0; i < records.size(); ++i) {
    if (Covers(*power, records[i])) continue;
    lacking.push_back({absl::StrCat("records[", i, "]"),
                       "不在授权委托书的范围内 / the power does not cover the record"});
  }
  if (lacking.empty()) return absl::OkStatus();
  return WithReason(MissingThings(lacking), kLacking, metadata);
}

}  // namespace xiufu::intake
