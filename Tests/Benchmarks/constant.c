/* The least a FastCGI responder can do, on the reference library: the measure for ours.
   One thread serves one kept connection, as libfcgi has it, so there are more of them than connections. */
#include <fcgiapp.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>

enum { threads = 32 };

static void *serve(void *listening) {
    FCGX_Request request;
    FCGX_InitRequest(&request, *(int *)listening, 0);
    static const char answer[] = "Content-Type: text/plain\r\nContent-Length: 3\r\n\r\nok\n";
    while (FCGX_Accept_r(&request) == 0) {
        FCGX_PutStr(answer, sizeof answer - 1, request.out);
        FCGX_Finish_r(&request);
    }
    return NULL;
}

int main(int count, char **arguments) {
    if (count != 2) {
        fputs("usage: constant SOCKET\n", stderr);
        return 2;
    }
    FCGX_Init();
    int listening = FCGX_OpenSocket(arguments[1], 511);
    if (listening < 0) return 1;
    pthread_t thread;
    for (int started = 1; started < threads; started++)
        if (pthread_create(&thread, NULL, serve, &listening) != 0) return 1;
    serve(&listening);
    return 0;
}
