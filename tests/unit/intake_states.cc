// Prints services/intake/STATES.md.
#include <iostream>

#include "services/intake/domain/application_states.h"

int main() { std::cout << xiufu::intake::DescribeApplicationStates(); }
