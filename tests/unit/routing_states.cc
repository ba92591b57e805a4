// Prints services/routing/STATES.md.
#include <iostream>

#include "services/routing/domain/case_states.h"

int main() { std::cout << xiufu::routing::DescribeStates(); }
