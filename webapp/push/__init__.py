"""The postman: carries notices of what happened to the people concerned."""
