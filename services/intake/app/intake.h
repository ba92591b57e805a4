#pragma once

#include "libs/storage/database.h"
#include "services/intake/app/agents.h"
#include "services/intake/app/application_file.h"
#include "services/intake/app/check_eligibility.h"
#include "services/intake/app/compose_notice.h"
#include "services/intake/app/consultations.h"
#include "services/intake/app/create_application.h"
#include "services/intake/app/file_at_window.h"
#include "services/intake/app/hand_overs.h"
#include "services/intake/app/objections.h"
#include "services/intake/app/precheck_materials.h"
#include "services/intake/app/provide_supplement.h"
#include "services/intake/app/read_applications.h"
#include "services/intake/app/read_documents.h"
#include "services/intake/app/read_filings.h"
#include "services/intake/app/search_records.h"
#include "services/intake/app/submit_application.h"
#include "services/intake/app/upload_material.h"
#include "services/intake/app/withdraw_application.h"

namespace xiufu::intake {

// Everything that intake does for its callers, without a wire: plain structs in, a callback out.
// The gRPC services are a thin mapping onto it; the simulation calls it as it is, with PlainWrite.
struct Intake {
  struct Parts {
    CallContext context;
    LawSource law;
    Tables tables;
    storage::Database* database = nullptr;
    RecordSource* records = nullptr;
    BlobStore* blobs = nullptr;
    const CaseProjector* projector = nullptr;
    const Announcer* announcer = nullptr;
    std::string agent_secret;  // AgentOfPerson
  };
  explicit Intake(const Parts& parts)
      : search_records(parts.law, parts.records),
        check_eligibility(parts.context.clock, parts.law, parts.tables, parts.database,
                          parts.records),
        compose_notice(parts.context.clock, parts.law, parts.tables, parts.database, parts.records),
        create_application(parts.context, parts.law, parts.tables, parts.records,
                           parts.agent_secret),
        upload_material(parts.context, parts.law, parts.tables, parts.database, parts.blobs),
        submit_application(parts.context, parts.law, parts.tables, parts.announcer),
        provide_supplement(parts.context, parts.tables, parts.projector, parts.announcer),
        withdraw_application(parts.context, parts.tables, parts.projector, parts.announcer),
        applications(parts.tables, parts.database),
        files(parts.tables, parts.database, parts.blobs),
        objections(parts.context, parts.law, parts.tables, parts.records, parts.announcer,
                   parts.database, parts.agent_secret),
        documents(parts.context.clock, parts.tables, parts.database),
        file_at_window(parts.law, &create_application),
        filings(parts.context.clock, parts.law, parts.tables, parts.database),
        precheck_materials(parts.context.clock, parts.law, parts.tables, parts.database,
                           &compose_notice),
        consultations(parts.context, parts.law, parts.tables, parts.database),
        hand_overs(parts.context, parts.law, parts.tables, parts.database),
        agents(parts.context, parts.law, parts.tables, parts.database, parts.agent_secret) {}
  Intake(const Intake&) = delete;

  SearchRecordsCase search_records;
  CheckEligibilityCase check_eligibility;
  ComposeNoticeCase compose_notice;
  CreateApplicationCase create_application;
  UploadMaterialCase upload_material;
  SubmitApplicationCase submit_application;
  ProvideSupplementCase provide_supplement;
  WithdrawApplicationCase withdraw_application;
  ReadApplications applications;
  ReadApplicationFile files;
  ObjectionsCase objections;
  ReadDocuments documents;
  FileAtWindowCase file_at_window;
  ReadFilings filings;
  PrecheckMaterialsCase precheck_materials;
  Consultations consultations;
  HandOvers hand_overs;
  Agents agents;
};

}  // namespace xiufu::intake
