# xiufu_protoc(VARIABLE ROOT STEM): messages and gRPC stubs of ROOT/STEM.proto, made below the build's generated/; the
# variable gets their .cc files added.
set(XIUFU_GENERATED ${CMAKE_BINARY_DIR}/generated)
file(MAKE_DIRECTORY ${XIUFU_GENERATED})

function(xiufu_protoc variable root stem)
  set(made ${XIUFU_GENERATED}/${stem})
  add_custom_command(
    OUTPUT ${made}.pb.cc ${made}.pb.h ${made}.grpc.pb.cc ${made}.grpc.pb.h
    COMMAND protobuf::protoc --proto_path=${root} --cpp_out=${XIUFU_GENERATED} --grpc_out=${XIUFU_GENERATED}
            --plugin=protoc-gen-grpc=$<TARGET_FILE:gRPC::grpc_cpp_plugin> ${stem}.proto
    WORKING_DIRECTORY ${root}
    DEPENDS ${root}/${stem}.proto
    VERBATIM)
  set(${variable} ${${variable}} ${made}.pb.cc ${made}.grpc.pb.cc PARENT_SCOPE)
endfunction()
