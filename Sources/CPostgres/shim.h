#ifndef STEWARD_CPOSTGRES_H
#define STEWARD_CPOSTGRES_H
#include <dlfcn.h>
#include <stddef.h>
#if __has_include(<libpq-fe.h>)
#include <libpq-fe.h>
#else
#include <postgresql/libpq-fe.h>
#endif

// The functions of libpq are looked up when the first connection is made, and the program is not linked to it: libpq and
// the 17 libraries below it would cost each process 3.8 MB of RSS (0.7 MB of it private) and 6 ms at its start, also those
// of servers without such a store.
#define STEWARD_LIBPQ(use) \
    use(PQconnectStartParams) use(PQconnectPoll) use(PQfinish) use(PQstatus) use(PQsocket) use(PQtransactionStatus) \
    use(PQerrorMessage) use(PQsetErrorVerbosity) use(PQsetNoticeReceiver) use(PQsetnonblocking) use(PQsslInUse) \
    use(PQenterPipelineMode) use(PQpipelineSync) use(PQflush) use(PQconsumeInput) use(PQisBusy) \
    use(PQsendPrepare) use(PQsendQueryPrepared) use(PQsendQueryParams) use(PQgetResult) use(PQclear) \
    use(PQresultStatus) use(PQresultErrorField) use(PQresultMemorySize) use(PQcmdStatus) use(PQcmdTuples) \
    use(PQntuples) use(PQnfields) use(PQftype) use(PQfformat) use(PQgetvalue) use(PQgetlength) use(PQgetisnull)

/// The addresses of the functions, each with the type that the header declares.
typedef struct {
#define STEWARD_LIBPQ_FIELD(name) __typeof__(&name) _Nonnull name;
    STEWARD_LIBPQ(STEWARD_LIBPQ_FIELD)
#undef STEWARD_LIBPQ_FIELD
} steward_libpq;

/// Looks all functions up. Returns the name of one that is missing, or NULL.
static inline const char *_Nullable steward_libpq_load(void *_Nonnull library, steward_libpq *_Nonnull functions) {
    void *address;
#define STEWARD_LIBPQ_LOAD(name) \
    address = dlsym(library, #name); \
    if (address == NULL) return #name; \
    functions->name = (__typeof__(&name))address;
    STEWARD_LIBPQ(STEWARD_LIBPQ_LOAD)
#undef STEWARD_LIBPQ_LOAD
    return NULL;
}

/// The fields of an error. They are macros of characters in the header, which Swift does not import.
enum { steward_severity = PG_DIAG_SEVERITY_NONLOCALIZED, steward_sqlstate = PG_DIAG_SQLSTATE,
       steward_message = PG_DIAG_MESSAGE_PRIMARY };
#endif
