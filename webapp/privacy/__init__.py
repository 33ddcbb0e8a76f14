"""What people may ask of us about themselves (个人信息保护法): what we hold, a copy of it, how long we keep it, and that it be
erased: here, on every phone, and again after a backup was restored."""
