#pragma once

#include <random>

namespace xiufu::simulation {

// Everything random in a run, from one seed.
using Random = std::mt19937_64;

}  // namespace xiufu::simulation
