module gold

go 1.23
