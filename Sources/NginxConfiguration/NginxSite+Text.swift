extension NginxSite {
    /// The complete file for `/etc/nginx/conf.d/`.
    package var text: String {
        """
        # Steward behind nginx for \(serverName). Include this file inside `http { }`, for example from
        # /etc/nginx/conf.d/steward.conf, then: nginx -t && nginx -s reload

        upstream \(upstream) {
            # There is only one server, so a failure must not take it out of service.
            server unix:\(socket) max_fails=0;
            # Connections to Steward are kept and reused (with fastcgi_keep_conn below).
            keepalive 32;
        }

        server {
            # There is deliberately no server on port 80: a client that sends its token in plain text should fail at
            # once, instead of being redirected after it has disclosed the token.
        \(listenLines)
            server_name \(serverName);
            server_tokens off;

            ssl_certificate \(certificate);
            ssl_certificate_key \(certificateKey);
            ssl_protocols TLSv1.2 TLSv1.3;
            ssl_session_cache shared:steward_tls:1m;
            ssl_session_tickets off;

        \(Self.securityHeaders(indent: "    "))

            # X-A and X_A would become the same parameter.
            underscores_in_headers off;

            # Steward's own limits are 64 KB for JSON and 1 MB for an import; larger bodies are not read.
            client_max_body_size 1100k;
            # Bodies of the usual size never touch the disk.
            client_body_buffer_size 64k;
            client_body_timeout 20s;
            client_header_timeout 20s;

            # Errors of nginx have the format of Steward's errors; those of Steward are passed unchanged.
            error_page 413 @too_large;
            error_page 502 504 =503 @unavailable;

            location / {
                fastcgi_pass \(upstream);
                fastcgi_keep_conn on;

                # Answers are streamed: each event reaches the client as soon as Steward has sent it.
                fastcgi_buffering off;
                gzip off;
                # Steward gets a request when its body is complete, so that slow clients only occupy nginx.
                fastcgi_request_buffering on;
                fastcgi_buffer_size 16k;
                fastcgi_buffers 8 16k;
                fastcgi_connect_timeout 5s;
                # Above the longest turn that a tenant file allows (assistant.deadline, 300 s).
                fastcgi_read_timeout 320s;
                # A client that disconnects ends its turn, including the call to the provider.
                fastcgi_ignore_client_abort off;
                fastcgi_intercept_errors off;
                # Steward never sends these; if one is sent by mistake, it must have no effect.
                fastcgi_ignore_headers X-Accel-Redirect X-Accel-Expires X-Accel-Limit-Rate X-Accel-Charset;

                # Parameters without HTTP_ are set by nginx: no header of a client can become one of them.
                # SCRIPT_NAME is the path as decoded and normalised by nginx; Steward uses it for routing.
                fastcgi_param SCRIPT_NAME $fastcgi_script_name;
                fastcgi_param QUERY_STRING $query_string;
                fastcgi_param REQUEST_METHOD $request_method;
                fastcgi_param CONTENT_TYPE $content_type if_not_empty;
                fastcgi_param CONTENT_LENGTH $content_length if_not_empty;
                fastcgi_param SERVER_PROTOCOL $server_protocol;
                fastcgi_param SERVER_NAME $server_name;
                fastcgi_param SERVER_PORT $server_port;
                fastcgi_param REMOTE_ADDR $remote_addr;
                fastcgi_param REMOTE_PORT $remote_port;
                fastcgi_param HTTPS $https if_not_empty;
                fastcgi_param GATEWAY_INTERFACE CGI/1.1;
                # A client's "Proxy:" header must not become HTTP_PROXY (httpoxy).
                fastcgi_param HTTP_PROXY "";
        \(tenantLines)
            }

            location @too_large {
                internal;
                default_type application/problem+json;
                # One add_header ends inheriting those of the server.
        \(Self.securityHeaders(indent: "        "))
                add_header X-Request-Id $request_id always;
                return 413 '\(Self.tooLarge)';
            }

            location @unavailable {
                internal;
                default_type application/problem+json;
                # One add_header ends inheriting those of the server.
        \(Self.securityHeaders(indent: "        "))
                add_header X-Request-Id $request_id always;
                return 503 '\(Self.unavailable)';
            }
        }

        """
    }

    private var listenLines: String {
        // nginx 1.25.1 and later prefer `http2 on;`, but the version of Debian 12 does not know it.
        guard let listen else { return "    listen 443 ssl http2;\n    listen [::]:443 ssl http2;" }
        return "    listen \(listen) ssl http2;"
    }

    private var tenantLines: String {
        guard let tenant else {
            return """
                        # To accept only one tenant's tokens on this host: steward nginx --tenant ID
                        # fastcgi_param STEWARD_TENANT ID;
                """
        }
        return """
                    # Only this tenant's tokens are accepted on this host, including those of its own issuers.
                    fastcgi_param STEWARD_TENANT \(tenant);
            """
    }

    private static func securityHeaders(indent: String) -> String {
        [
            #"Strict-Transport-Security "max-age=31536000""#, "X-Content-Type-Options nosniff",
            #"Content-Security-Policy "default-src 'none'; frame-ancestors 'none'""#, "Referrer-Policy no-referrer",
        ].map { "\(indent)add_header \($0) always;" }.joined(separator: "\n")
    }

    private static let tooLarge = problem(
        413, "Content Too Large", "payload_too_large", "The body is larger than 1 MB.")

    private static let unavailable = problem(
        503, "Service Unavailable", "overloaded",
        "The server could not be reached or gave no answer. Try again, with the same Idempotency-Key.")

    private static func problem(_ status: Int, _ title: String, _ code: String, _ detail: String) -> String {
        #"{"type":"about:blank","title":"\#(title)","status":\#(status),"detail":"\#(detail)","code":"\#(code)","#
            + #""request_id":"$request_id"}"#
    }
}
