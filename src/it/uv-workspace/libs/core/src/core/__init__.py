import idna


def host(name):
    return idna.encode(name).decode()


def main():
    print(host("bücher.example"))
