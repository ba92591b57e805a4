#pragma once

#include "libs/calendar/calendar.h"
#include "libs/catalogue/authority.h"
#include "libs/catalogue/catalogue.h"
#include "libs/catalogue/law.h"
#include "libs/catalogue/messages.h"

namespace xiufu::intake {

// The law and the words of one decision. None is nullptr.
struct Law {
  catalogue::LawSnapshot loaded;  // what the next three point into
  const catalogue::Catalogue* catalogue = nullptr;
  const calendar::Calendar* calendar = nullptr;
  const catalogue::AuthorityRegistry* authorities = nullptr;
  const catalogue::Messages* messages = nullptr;
};

// Where a decision takes its law from, once: another may come into force at any time. Both outlive
// the service.
struct LawSource {
  const catalogue::LawInForce* in_force = nullptr;
  const catalogue::Messages* messages = nullptr;

  Law Now() const {
    catalogue::LawSnapshot loaded = in_force->Get();
    return {loaded, &loaded->catalogue, &loaded->calendar, &loaded->authorities, messages};
  }
};

}  // namespace xiufu::intake
