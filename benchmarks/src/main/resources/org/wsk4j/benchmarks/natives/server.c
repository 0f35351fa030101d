/*
 * The server in C that the others are compared with: one thread, level triggered epoll.
 *
 *   server ping | echo | udp
 *
 * Prints "port N" when it listens at 127.0.0.1, and ends at the end of its standard input.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#define EVENTS 256
#define READ (1 << 18)
#define PONGS 8192

struct connection {
  int fd;
  int line_bytes, lines_left; /* of a request that has come in part */
  size_t left;                /* bytes that the system has not taken yet */
  char *rest;
};

static char in[READ];
static char pongs[PONGS * 7];

static void fail(const char *what) {
  perror(what);
  exit(1);
}

/* The number of requests that end in these bytes. */
static int count(struct connection *c, const char *p, size_t n) {
  size_t i = 0;
  int requests = 0;
  while (i < n) {
    if (c->line_bytes == 0 && c->lines_left == 0) {
      if (n - i >= 14 && memcmp(p + i, "*1\r\n$4\r\n", 8) == 0 && p[i + 13] == '\n') {
        i += 14;
        requests++;
        continue;
      }
      if (n - i >= 7 && memcmp(p + i, "PING", 4) == 0 && p[i + 6] == '\n') {
        i += 7;
        requests++;
        continue;
      }
      c->lines_left = p[i] == '*' ? 3 : 1;
    }
    if (p[i++] == '\n') {
      c->line_bytes = 0;
      if (--c->lines_left == 0) requests++;
    } else {
      c->line_bytes++;
    }
  }
  return requests;
}

static int poll_fd;

static void watch(struct connection *c, int operation, uint32_t events) {
  struct epoll_event e = {.events = events, .data.ptr = c};
  if (epoll_ctl(poll_fd, operation, c->fd, &e) != 0) fail("epoll_ctl");
}

static void drop(struct connection *c) {
  close(c->fd);
  free(c->rest);
  free(c);
}

/* Sends, and keeps what the system does not take; reading waits for that. */
static int answer(struct connection *c, const char *p, size_t n) {
  ssize_t sent = send(c->fd, p, n, MSG_NOSIGNAL);
  if (sent < 0) {
    if (errno != EAGAIN) return 0;
    sent = 0;
  }
  size_t left = n - (size_t)sent;
  if (left > 0) {
    char *kept = malloc(left);
    memcpy(kept, p + sent, left);
    free(c->rest);
    c->rest = kept;
    watch(c, EPOLL_CTL_MOD, EPOLLOUT);
  } else if (c->left > 0) {
    free(c->rest);
    c->rest = NULL;
    watch(c, EPOLL_CTL_MOD, EPOLLIN);
  }
  c->left = left;
  return 1;
}

static int serve(struct connection *c, int ping) {
  if (c->left > 0) return answer(c, c->rest, c->left);
  ssize_t n = recv(c->fd, in, ping ? 16384 : READ, 0);
  if (n < 0) return errno == EAGAIN;
  if (n == 0) return 0;
  if (!ping) return answer(c, in, (size_t)n);
  int requests = count(c, in, (size_t)n);
  return requests == 0 || answer(c, pongs, 7 * (size_t)requests);
}

static int listener(int type) {
  int fd = socket(AF_INET, type | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  struct sockaddr_in a = {.sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
  socklen_t length = sizeof a;
  if (bind(fd, (struct sockaddr *)&a, sizeof a) != 0) fail("bind");
  if (type == SOCK_STREAM && listen(fd, 4096) != 0) fail("listen");
  getsockname(fd, (struct sockaddr *)&a, &length);
  printf("port %d\n", ntohs(a.sin_port));
  fflush(stdout);
  return fd;
}

static void streams(int ping) {
  static struct connection listening, input;
  for (int i = 0; i < PONGS; i++) memcpy(pongs + 7 * i, "+PONG\r\n", 7);
  poll_fd = epoll_create1(EPOLL_CLOEXEC);
  listening.fd = listener(SOCK_STREAM);
  input.fd = 0;
  watch(&listening, EPOLL_CTL_ADD, EPOLLIN);
  watch(&input, EPOLL_CTL_ADD, EPOLLIN);
  for (;;) {
    struct epoll_event ready[EVENTS];
    int n = epoll_wait(poll_fd, ready, EVENTS, -1);
    for (int i = 0; i < n; i++) {
      struct connection *c = ready[i].data.ptr;
      if (c == &input) return;
      if (c == &listening) {
        for (int fd; (fd = accept4(listening.fd, NULL, NULL, SOCK_NONBLOCK | SOCK_CLOEXEC)) >= 0;) {
          int one = 1;
          setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
          struct connection *made = calloc(1, sizeof *made);
          made->fd = fd;
          watch(made, EPOLL_CTL_ADD, EPOLLIN);
        }
      } else if (!serve(c, ping)) {
        drop(c);
      }
    }
  }
}

#define BATCH 32

static void datagrams(void) {
  static struct mmsghdr messages[BATCH];
  static struct iovec parts[BATCH];
  static struct sockaddr_in from[BATCH];
  static char memory[BATCH][2048];
  int fd = listener(SOCK_DGRAM);
  struct pollfd wait[2] = {{.fd = fd, .events = POLLIN}, {.fd = 0, .events = POLLIN}};
  for (;;) {
    for (int i = 0; i < BATCH; i++) {
      parts[i] = (struct iovec){memory[i], sizeof memory[i]};
      messages[i].msg_hdr = (struct msghdr){.msg_name = &from[i],
                                            .msg_namelen = sizeof from[i],
                                            .msg_iov = &parts[i],
                                            .msg_iovlen = 1};
    }
    int n = recvmmsg(fd, messages, BATCH, 0, NULL);
    if (n <= 0) {
      poll(wait, 2, -1);
      if (wait[1].revents != 0) return;
      continue;
    }
    for (int i = 0; i < n; i++) parts[i].iov_len = messages[i].msg_len;
    for (int sent = 0; sent < n;) {
      int k = sendmmsg(fd, messages + sent, (unsigned)(n - sent), 0);
      sent += k > 0 ? k : 1;
    }
  }
}

int main(int argc, char **argv) {
  struct rlimit files;
  getrlimit(RLIMIT_NOFILE, &files);
  files.rlim_cur = files.rlim_max;
  setrlimit(RLIMIT_NOFILE, &files);
  if (argc == 2 && strcmp(argv[1], "udp") == 0) datagrams();
  else if (argc == 2) streams(strcmp(argv[1], "ping") == 0);
  else return 2;
  return 0;
}
