from webapp.factory import create_app
from webapp.foundation import memory

app = create_app()
memory.settle()
