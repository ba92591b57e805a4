// Prints services/routing/STATES.md, or with the word "objections" OBJECTIONS.md.
#include <iostream>
#include <string>

#include "services/routing/domain/case_states.h"
#include "services/routing/domain/objection_transition.h"

int main(int argc, char** argv) {
  const bool objections = argc > 1 && std::string(argv[1]) == "objections";
  std::cout << (objections ? xiufu::routing::DescribeObjections()
                           : xiufu::routing::DescribeStates());
}
