"""``python -m pipeline.training``: train and package the model."""

from pipeline.training.command import app

if __name__ == "__main__":
    app()
