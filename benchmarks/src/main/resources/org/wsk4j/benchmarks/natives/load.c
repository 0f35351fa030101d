/*
 * Load for the servers of the benchmarks: one thread, epoll, nothing blocks.
 *
 *   load ping   PORT PID WARM SECONDS CONNECTIONS PIPELINE
 *   load echo   PORT PID WARM SECONDS CONNECTIONS BYTES WINDOW
 *   load rtt    PORT PID WARM SECONDS BYTES
 *   load udp    PORT PID WARM SECONDS BYTES WINDOW
 *   load accept PORT PID WARM SECONDS CONCURRENT
 *   load idle   PORT PID CONNECTIONS
 *
 * The server listens at 127.0.0.1; PID is its process. WARM seconds after its first answer counting
 * begins. At the end "end OPERATIONS NANOSECONDS CPU ERRORS ALL" is printed: CPU is the time in user
 * and system mode that the process of the server has used meanwhile, in nanoseconds, and ALL counts
 * the operations from the first on. After rtt follow
 * the round trips in nanoseconds, one a line. The process then waits for the end of standard input
 * before its connections are closed. idle prints "end CONNECTIONS 0 0 ERRORS CONNECTIONS" when all are open.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

#define EVENTS 256
#define CHUNK (1 << 18)

static struct sockaddr_in server;
static uint64_t errors;

static void fail(const char *what) {
  perror(what);
  exit(1);
}

static uint64_t now(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec;
}

/* ---- The time of a run: warm, then counted. */

#define PATIENCE 15000000000u

static uint64_t started, warm_until, begun, until, operations, earlier, cpu_before;
static double warm_seconds, counted_seconds;
static clockid_t server_cpu;

static void start_clock(const char *warm, const char *seconds) {
  started = now();
  warm_seconds = atof(warm);
  counted_seconds = atof(seconds);
}

static uint64_t server_cpu_time(void) {
  struct timespec t;
  if (clock_gettime(server_cpu, &t) != 0) fail("CPU time of the server");
  return (uint64_t)t.tv_sec * 1000000000u + (uint64_t)t.tv_nsec;
}

/* Says whether to go on; counts from the moment on at which it is warm. */
static int go_on(void) {
  uint64_t t = now();
  if (begun == 0) {
    if (warm_until == 0) {
      if (operations > 0) warm_until = t + (uint64_t)(warm_seconds * 1e9);
      if (t - started > PATIENCE) {
        fprintf(stderr, "the server does not answer\n");
        exit(1);
      }
    } else if (t >= warm_until) {
      earlier = operations;
      operations = 0;
      cpu_before = server_cpu_time();
      begun = now();
      until = begun + (uint64_t)(counted_seconds * 1e9);
    }
    return 1;
  }
  return t < until;
}

static void say_end(void) {
  printf("end %llu %llu %llu %llu %llu\n", (unsigned long long)operations,
         (unsigned long long)(now() - begun), (unsigned long long)(server_cpu_time() - cpu_before),
         (unsigned long long)errors, (unsigned long long)(earlier + operations));
  fflush(stdout);
}

static void await_end_of_input(void) {
  char c;
  while (read(0, &c, 1) > 0) {
  }
}

/* ---- Connections */

static int open_tcp(int blocking) {
  int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  if (fd < 0) fail("socket");
  int one = 1;
  setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
  if (connect(fd, (struct sockaddr *)&server, sizeof server) != 0) fail("connect");
  if (!blocking) fcntl(fd, F_SETFL, O_NONBLOCK);
  return fd;
}

static void raise_limit(void) {
  struct rlimit files;
  getrlimit(RLIMIT_NOFILE, &files);
  files.rlim_cur = files.rlim_max;
  setrlimit(RLIMIT_NOFILE, &files);
}

/* ---- ping and echo: blocks go out, the same number of bytes comes back */

struct stream {
  int fd;
  uint64_t sent, asked, received;
};

static char *request, *answer; /* twice as long as a block and more, so any part is one run */
static size_t period, answer_period, chunk;

/* Sends what was asked for and has not gone out. */
static void push(struct stream *s) {
  while (s->sent < s->asked) {
    size_t left = s->asked - s->sent, at = s->sent % period;
    ssize_t n = send(s->fd, request + at, left < chunk ? left : chunk, MSG_NOSIGNAL);
    if (n < 0) {
      if (errno == EAGAIN) return;
      fail("send");
    }
    s->sent += (uint64_t)n;
  }
}

static void check(const struct stream *s, const char *got, size_t n) {
  if (got[0] != answer[s->received % answer_period] ||
      got[n - 1] != answer[(s->received + n - 1) % answer_period])
    errors++;
}

static void run_streams(int count, size_t block, size_t window, size_t low, size_t unit) {
  static char in[CHUNK];
  struct stream *all = calloc((size_t)count, sizeof *all);
  int poll = epoll_create1(EPOLL_CLOEXEC);
  for (int i = 0; i < count; i++) {
    all[i].fd = open_tcp(0);
    all[i].asked = window;
    struct epoll_event e = {.events = EPOLLIN | EPOLLOUT | EPOLLET, .data.ptr = &all[i]};
    if (epoll_ctl(poll, EPOLL_CTL_ADD, all[i].fd, &e) != 0) fail("epoll_ctl");
  }
  while (go_on()) { /* counts bytes until the end */
    struct epoll_event ready[EVENTS];
    int n = epoll_wait(poll, ready, EVENTS, 0);
    for (int i = 0; i < n; i++) {
      struct stream *s = ready[i].data.ptr;
      for (;;) {
        ssize_t got = recv(s->fd, in, sizeof in, 0);
        if (got == 0) {
          fprintf(stderr, "the server has ended a connection\n");
          exit(1);
        }
        if (got < 0) {
          if (errno == EAGAIN) break;
          fail("recv");
        }
        check(s, in, (size_t)got);
        s->received += (uint64_t)got;
        operations += (uint64_t)got;
        while (s->asked - s->received <= low) s->asked += block;
        push(s);
        if ((size_t)got < sizeof in) break;
      }
      push(s);
    }
  }
  operations /= unit;
  earlier /= unit;
  say_end();
}

static char *pattern(const char *text, size_t length, size_t bytes) {
  char *p = malloc(bytes);
  for (size_t i = 0; i < bytes; i++) p[i] = text ? text[i % length] : (char)(i % length);
  return p;
}

static void ping(int connections, int pipeline) {
  period = answer_period = 7;
  size_t batch = 7 * (size_t)pipeline;
  chunk = batch;
  request = pattern("PING \r\n", 7, batch + 7);
  answer = "+PONG\r\n";
  run_streams(connections, batch, batch, 0, 7);
}

static void echo(int connections, size_t bytes, size_t window) {
  period = answer_period = 251;
  chunk = bytes;
  request = pattern(NULL, 251, bytes + 251);
  answer = request;
  run_streams(connections, bytes, window, window - bytes, bytes);
}

/* ---- rtt */

static void rtt(size_t bytes) {
  size_t most = 4000000, n = 0;
  uint32_t *times = malloc(most * sizeof *times);
  char *data = pattern(NULL, 251, bytes);
  int fd = open_tcp(1);
  while (go_on()) {
    uint64_t t = now();
    if (send(fd, data, bytes, MSG_NOSIGNAL) != (ssize_t)bytes) fail("send");
    if (recv(fd, data, bytes, MSG_WAITALL) != (ssize_t)bytes) fail("recv");
    operations++;
    if (begun != 0 && n < most) times[n++] = (uint32_t)(now() - t);
  }
  say_end();
  for (size_t i = 0; i < n; i++) printf("%u\n", times[i]);
  fflush(stdout);
}

/* ---- udp */

#define BATCH 32

static void udp(size_t bytes, int window) {
  int fd = socket(AF_INET, SOCK_DGRAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  int room = 4 << 20;
  setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &room, sizeof room);
  if (connect(fd, (struct sockaddr *)&server, sizeof server) != 0) fail("connect");
  static struct mmsghdr out[BATCH], in[BATCH];
  static struct iovec out_part[BATCH], in_part[BATCH];
  char *data = pattern(NULL, 251, bytes);
  for (int i = 0; i < BATCH; i++) {
    out_part[i] = (struct iovec){data, bytes};
    in_part[i] = (struct iovec){malloc(2048), 2048};
    out[i].msg_hdr.msg_iov = &out_part[i];
    in[i].msg_hdr.msg_iov = &in_part[i];
    out[i].msg_hdr.msg_iovlen = in[i].msg_hdr.msg_iovlen = 1;
  }
  int64_t on_the_way = 0;
  uint64_t last = now();
  while (go_on()) {
    while (on_the_way + BATCH <= window) {
      int n = sendmmsg(fd, out, BATCH, 0);
      if (n <= 0) break;
      on_the_way += n;
    }
    int n = recvmmsg(fd, in, BATCH, 0, NULL);
    if (n > 0) {
      for (int i = 0; i < n; i++)
        if (in[i].msg_len != bytes) errors++;
      operations += (uint64_t)n;
      on_the_way = on_the_way > n ? on_the_way - n : 0;
      last = now();
    } else if (now() - last > 50000000u) { /* lost */
      errors += (uint64_t)on_the_way;
      on_the_way = 0;
      last = now();
    }
  }
  say_end();
}

/* ---- accept: open, one byte each way, reset */

struct attempt {
  int fd;
};

static void begin_attempt(int poll, struct attempt *a) {
  a->fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (a->fd < 0) fail("socket");
  struct linger reset = {1, 0};
  setsockopt(a->fd, SOL_SOCKET, SO_LINGER, &reset, sizeof reset);
  if (connect(a->fd, (struct sockaddr *)&server, sizeof server) != 0 && errno != EINPROGRESS)
    fail("connect");
  struct epoll_event e = {.events = EPOLLIN | EPOLLOUT | EPOLLET, .data.ptr = a};
  epoll_ctl(poll, EPOLL_CTL_ADD, a->fd, &e);
  send(a->fd, "x", 1, MSG_NOSIGNAL);
}

static void accepts(int concurrent) {
  struct attempt *all = calloc((size_t)concurrent, sizeof *all);
  int poll = epoll_create1(EPOLL_CLOEXEC);
  for (int i = 0; i < concurrent; i++) begin_attempt(poll, &all[i]);
  while (go_on()) {
    struct epoll_event ready[EVENTS];
    int n = epoll_wait(poll, ready, EVENTS, 1);
    for (int i = 0; i < n; i++) {
      struct attempt *a = ready[i].data.ptr;
      char c;
      if ((ready[i].events & EPOLLOUT) && !(ready[i].events & EPOLLIN)) {
        send(a->fd, "x", 1, MSG_NOSIGNAL);
      }
      ssize_t got = recv(a->fd, &c, 1, 0);
      if (got < 0 && errno == EAGAIN) continue;
      if (got == 1) operations++;
      else errors++;
      close(a->fd);
      begin_attempt(poll, a);
    }
  }
  say_end();
}

/* ---- idle */

static void idle(int connections) {
  raise_limit();
  for (int i = 0; i < connections; i++) {
    int fd = open_tcp(1);
    char c = 'x';
    if (send(fd, &c, 1, MSG_NOSIGNAL) != 1 || recv(fd, &c, 1, 0) != 1) errors++;
  }
  printf("end %d 0 0 %llu %d\n", connections, (unsigned long long)errors, connections);
  fflush(stdout);
}

int main(int argc, char **argv) {
  if (argc < 5) {
    fprintf(stderr, "load: see the head of load.c\n");
    return 2;
  }
  server.sin_family = AF_INET;
  server.sin_port = htons((uint16_t)atoi(argv[2]));
  server.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (clock_getcpuclockid((pid_t)atoi(argv[3]), &server_cpu) != 0) {
    fprintf(stderr, "there is no process %s\n", argv[3]);
    return 1;
  }
  if (strcmp(argv[1], "idle") == 0) {
    idle(atoi(argv[4]));
    await_end_of_input();
    return 0;
  }
  if (argc < 7) return 2;
  start_clock(argv[4], argv[5]);
  if (strcmp(argv[1], "ping") == 0 && argc == 8) ping(atoi(argv[6]), atoi(argv[7]));
  else if (strcmp(argv[1], "echo") == 0 && argc == 9)
    echo(atoi(argv[6]), (size_t)atoi(argv[7]), (size_t)atoi(argv[8]));
  else if (strcmp(argv[1], "rtt") == 0) rtt((size_t)atoi(argv[6]));
  else if (strcmp(argv[1], "udp") == 0 && argc == 8) udp((size_t)atoi(argv[6]), atoi(argv[7]));
  else if (strcmp(argv[1], "accept") == 0) accepts(atoi(argv[6]));
  else return 2;
  await_end_of_input();
  return 0;
}
