# The FastCGI server with an empty handler, compared with C on libfcgi and with the same handler over HTTP.
start_constant
constant_pid=$pid
build ConstantServer
start "$work/fastcgi.sock" "$program" fastcgi "$work/fastcgi.sock"
fastcgi_pid=$pid
start "$work/http.sock" "$program" http "$work/http.sock"
http_pid=$pid
start_nginx <<END
$(upstream constant)
$(upstream fastcgi)
$(upstream http)
server {
    listen 127.0.0.1:PORT;
    location /constant { fastcgi_pass constant; }
    location /fastcgi { fastcgi_pass fastcgi; }
    location /http { proxy_pass http://http; }
}
END
for _ in $(seq "$rounds"); do
    measure constant "$constant_pid" "$base/constant"
    measure fastcgi "$fastcgi_pid" "$base/fastcgi"
    measure http "$http_pid" "$base/http"
done
printf '\nA constant answer through nginx: 16 clients, kept connections, medians of %s rounds\n' "$rounds"
table constant "constant=(a) C on libfcgi" "fastcgi=(b) Swift, FastCGI" "http=(c) Swift, HTTP/1.1 by proxy_pass"
echo "  goals: (b) at least 0.85 of the requests/s of (a), and above (c)"
