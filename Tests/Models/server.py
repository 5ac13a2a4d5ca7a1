"""llama.cpp's own server on loopback: server.py MODEL.gguf PORT CONTEXT NAME   (THREADS, default 2)"""

import os, sys, time
import xllamacpp

model, port, context, name = sys.argv[1:5]
parameters = xllamacpp.CommonParams()
parameters.model.path, parameters.model_alias = model, {name}
parameters.hostnames, parameters.port = ["127.0.0.1"], int(port)
parameters.n_ctx, parameters.n_parallel = int(context), 1
parameters.cpuparams.n_threads = parameters.cpuparams_batch.n_threads = int(os.environ.get("THREADS", "2"))
parameters.use_jinja = True
server = xllamacpp.Server(parameters)
print(server.listening_address, flush=True)
while True:
    time.sleep(3600)
