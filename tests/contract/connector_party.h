#pragma once

#include <memory>
#include <string>

#include "services/department_adapter/app/connector.h"

namespace xiufu::department {

// A connector with an authority's system behind it that starts empty, belongs to "transport" and,
// given a task without papers, soon gives an answer to it.
class Party {
 public:
  virtual ~Party() = default;
  virtual Connector& connector() = 0;
  // The id under which it answers a task that it acknowledged with this receipt.
  virtual std::string AnswerIdOf(const Task& task, const Receipt& receipt) = 0;
};

using PartyFactory = std::unique_ptr<Party> (*)();

// Everything in memory: what the suite below asks for, in a few lines.
std::unique_ptr<Party> NewMemoryParty();
// The push connector and the simulated authority of tests/authority, a process of its own.
std::unique_ptr<Party> NewPushParty();

}  // namespace xiufu::department
