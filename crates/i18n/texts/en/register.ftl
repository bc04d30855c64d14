## register
